import { lineage, methodsOf } from '../interpret/machine/classes.ts';
import type { Interpreter } from '../interpret/machine/interpreter.ts';
import type { ClassStatement, Statement } from '../syntax/ast.ts';
import { everyBlock, statementsIn } from '../syntax/statements-in.ts';

/** The other classes of the file that inherit from one. */
export function heirsOf(definition: ClassStatement, interpreter: Interpreter): readonly ClassStatement[] {
  return [...interpreter.file.globals.values()].flatMap((one) =>
    one.kind === 'class' &&
    one.definition !== definition &&
    lineage(interpreter, one.definition).includes(definition)
      ? [one.definition]
      : [],
  );
}

/** The attributes that some classes give themselves in their bodies, or their objects in their methods. */
export function attributesSetBy(classes: readonly ClassStatement[]): ReadonlySet<string> {
  return new Set(
    classes.flatMap((one) => [
      ...one.body.flatMap((statement) => targetsOf(statement, null)),
      ...methodsOf(one).flatMap(({ body, parameters: [self] }) =>
        statementsIn(body, everyBlock).flatMap((statement) => targetsOf(statement, self?.name ?? null)),
      ),
    ]),
  );
}

/** The names that a statement sets: of an object, or of a class in its body. */
function targetsOf(statement: Statement, object: string | null): readonly string[] {
  if (statement.kind !== 'assign' || statement.value === null) return [];
  return statement.targets.flatMap((target) => {
    if (object === null) return target.kind === 'name' ? [target.name] : [];
    const isOwn =
      target.kind === 'attribute' && target.object.kind === 'name' && target.object.name === object;
    return isOwn ? [target.attribute] : [];
  });
}
