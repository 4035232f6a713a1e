import { foreignBases } from '../../interpret/machine/classes.ts';
import { NO_ARGUMENTS } from '../../interpret/machine/given-arguments.ts';
import type { Frame } from '../../interpret/machine/interpreter.ts';
import type { ObjectValue, Value } from '../../interpret/values/value.ts';
import { namespaceCall } from '../python/namespaces.ts';

const MODULE = /^(?:pytorch_lightning|lightning)\.(?:\w+\.)*LightningModule$/;
const NOWHERE = { start: 0, end: 0 };

/** `self.trainer` of a model of Lightning that stands by itself: that is the model which its trainer has. */
export function lightningTrainer(object: ObjectValue, name: string, frame: Frame): Value | undefined {
  const { interpreter } = frame;
  if (name !== 'trainer' || !interpreter.models.has(object.id)) return undefined;
  if (!foreignBases(interpreter, object.definition).some((base) => MODULE.test(base))) return undefined;
  const named = new Map<string, Value>([
    ['model', object],
    ['lightning_module', object],
  ]);
  const args = { ...NO_ARGUMENTS, named };
  return namespaceCall('types.SimpleNamespace', { args, frame, span: object.span ?? NOWHERE });
}
