import type { Judge, JudgeName } from '../harness/kind.ts';
import { judgeBytes } from './bytes.ts';
import { judgeMessages } from './messages.ts';
import { judgeNames } from './names.ts';
import { judgeProject } from './project.ts';
import { judgeStore } from './store.ts';
import { judgeText } from './text.ts';

/** Who judges what. */
export const JUDGES: Readonly<Record<JudgeName, Judge>> = {
  text: judgeText,
  bytes: judgeBytes,
  project: judgeProject,
  store: judgeStore,
  messages: judgeMessages,
  names: judgeNames,
};
