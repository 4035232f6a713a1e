/** Why a fix is words alone: one clause, as of a sentence that begins with "No edit:". */
export interface NoEdit {
  readonly why: string;
}

export function noEdit(why: string): NoEdit {
  return { why };
}

/** Of places that several rules ask about. */
export const ELSEWHERE: NoEdit = noEdit('what decides it stands in another file');
export const DIFFER: NoEdit = noEdit('these weights want factors that differ');
export const COMMENTED = 'a comment stands in the group, which would be lost';
