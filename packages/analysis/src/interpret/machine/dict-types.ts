/** What dicts are called where an annotation or `isinstance` names them. */
export const DICT_TYPES: ReadonlySet<string> = new Set([
  'builtins.dict',
  'collections.OrderedDict',
  'collections.abc.Mapping',
  'collections.abc.MutableMapping',
  'typing.Dict',
  'typing.Mapping',
  'typing.MutableMapping',
]);
