/**
 * What a request refuses, as the `data` of its error. The error's code is {@link REFUSED}; its message is one sentence
 * for a person. Anything else that goes wrong is an internal error without data, and the log has the details.
 */
export type Failure =
  /** The configuration cannot be trained; the message names the value. */
  | { readonly kind: 'invalid-config' }
  /** As many experiments are running and waiting as may; the message says how many. */
  | { readonly kind: 'busy' }
  /** No such experiment: the server was started anew since, or never knew it. */
  | { readonly kind: 'unknown-experiment' }
  /** No such file, or the file has no model of that name. */
  | { readonly kind: 'unknown-model' };

/** The error code of a refusal; outside the ranges that JSON-RPC and LSP reserve. */
export const REFUSED = 4_001;
