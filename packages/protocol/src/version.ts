/**
 * Raised with every change that an older peer would misread. The server states it in the answer to `initialize`, as
 * `capabilities.experimental.widthwise.protocolVersion`.
 */
export const PROTOCOL_VERSION = 2;
