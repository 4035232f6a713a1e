import { pathOf } from '../../growth/symbol.ts';
import { hiddenName } from '../../network/hidden-name.ts';
import type { ClassStatement, FunctionStatement } from '../../syntax/ast.ts';
import { bindParameters } from '../machine/arguments.ts';
import { bind, findMethod, frameworkBase, isModuleClass, ownCall, protocolOf } from '../machine/classes.ts';
import { evaluatedOnce } from '../machine/evaluations.ts';
import { callOnce, passOf } from '../machine/followed-passes.ts';
import { eachWay, replaceNames } from '../machine/frames.ts';
import { NO_ARGUMENTS } from '../machine/given-arguments.ts';
import type { CallSite, Frame, Interpreter } from '../machine/interpreter.ts';
import type { ModuleProtocol } from '../machine/interpreter-state.ts';
import { handedOn, opaqueParameter, scopeOf } from '../machine/names.ts';
import { afterHooks } from '../modules/forward-hooks.ts';
import { generated } from '../modules/generators.ts';
import { applyLayer } from '../modules/layers.ts';
import { oneMaker } from '../modules/makers.ts';
import { notedForward, notedLoss, notedOutput } from '../modules/model-outputs.ts';
import { baseMethod } from '../modules/own-layers.ts';
import { notFollowed, replacedCall, unreadCall, unreadPart } from '../modules/unread.ts';
import { either } from '../values/either.ts';
import { Heap } from '../values/heap.ts';
import {
  type EitherValue,
  type FunctionValue,
  isAbsent,
  NONE,
  type ObjectValue,
  UNKNOWN,
  type Value,
} from '../values/value.ts';
import { Variables } from '../values/variables.ts';
import { cachedResult } from './cached-results.ts';
import { isTooDeep } from './call-depth.ts';
import { alteredBase, callDecorated, givenOtherwise, isContextManager } from './decorators.ts';
import { sharedDefault } from './defaults.ts';
import { functionForm } from './function-forms.ts';
import { addSettings } from './handed-on.ts';
import { instantiate } from './instantiate.ts';
import { namedBy, namesSizes } from './named-sizes.ts';
import { namesAround, withNamesHere } from './names-around.ts';
import { addOptional, addSpreadSettings } from './optional-settings.ts';
import { callPartial } from './partial-calls.ts';
import { returnedOn } from './returned.ts';

/** The work of a call, beside that of what is called and of each argument. */
const CALL = 16;

/** A class of which a base is not read may be a module, whose forward pass frameworks call thus. */
const UNKNOWN_PROTOCOL: ModuleProtocol = { forward: 'forward' };

/** What calling a value gives. */
export function call(callee: Value, site: CallSite): Value {
  const { args, frame } = site;
  frame.interpreter.budget.spend(CALL + args.positional.length + args.named.size);
  switch (callee.kind) {
    case 'reference':
      return notedLoss(
        replacedCall(callee.qualified, site) ??
          unboundMethod(callee.qualified, site) ??
          functionForm(callee.qualified, site) ??
          frame.interpreter.libraries.call(callee.qualified, site) ??
          unreadCall(callee.qualified, site),
        site,
      );
    case 'function':
      return notedForward(
        callee,
        cachedResult(callee, site, callDecorated(callee, site, callFunction)),
        site,
      );
    case 'class':
      return instantiate(callee.definition, site);
    case 'layer':
      return notedLoss(
        notedOutput(callee.layer.id, afterHooks(callee, applyLayer(callee.layer, site), site), site),
        site,
      );
    case 'object':
      return notedOutput(callee.id, afterHooks(callee, callObject(callee, site), site), site);
    case 'either':
      return callAny(callee, site);
    case 'partial':
      return callPartial(callee, site);
    case 'parent': // super()
      return callee;
    case 'opaque':
      if (callee.fallback !== null && callee.fallback.kind !== 'opaque') {
        return frame.call(callee.fallback, site.args, site.span);
      }
      return notFollowed(pathOf(callee.symbol).join('.'), site);
    default:
      return notFollowed('a call', site, callee);
  }
}

/**
 * Any of several, of which one is meant. A parameter that is None unless somebody sets it stands beside what the code
 * then takes instead, as in `norm = norm or nn.LayerNorm`: that is what is called.
 */
function callAny({ options: all, decided }: EitherValue, { args, frame, span }: CallSite): Value {
  const options = all.filter((option) => !isAbsent(option));
  // None cannot be called: where that happens, it is not None.
  const set = options.filter(
    (option) => option.kind !== 'none' && (option.kind !== 'opaque' || option.fallback?.kind !== 'none'),
  );
  const meant = oneMaker(set.length > 0 ? set : options, frame.interpreter);
  const meeting = meant.length === all.length ? decided : undefined;
  return either(
    eachWay(meant, frame, {
      run: (option, way) => way.call(option, args, span),
      ...(meeting && { meeting }),
    }),
    meeting,
  );
}

/** A module's forward pass, or what a class says that calling its objects does. */
function callObject(callee: ObjectValue, site: CallSite): Value {
  const { interpreter } = site.frame;
  const protocol = protocolOf(interpreter, callee.definition);
  const { forward } = protocol ?? UNKNOWN_PROTOCOL;
  const found =
    ownCall(interpreter, callee.definition) ?? findMethod(interpreter, callee.definition, forward);
  if (found !== undefined) {
    const method = bind(found, callee);
    const run = () => callDecorated(method, site, callFunction);
    return passOf(callee, {
      method,
      site,
      run: protocol === undefined ? run : () => inPass(run, interpreter),
    });
  }
  const made = baseMethod(callee, forward, site) ?? notFollowed(callee.definition.name, site);
  const altered = alteredBase(callee.definition, [forward, '__call__'], site.frame);
  return altered === null ? made : givenOtherwise(made, altered, site);
}

function inPass(run: () => Value, interpreter: Interpreter): Value {
  interpreter.passDepth += 1;
  try {
    return run();
  } finally {
    interpreter.passDepth -= 1;
  }
}

/** `nn.Linear.forward(self, x)`: the method of a base, called through the class. */
function unboundMethod(qualified: string, site: CallSite): Value | undefined {
  const [self, ...rest] = site.args.positional;
  const dot = qualified.lastIndexOf('.');
  if (
    self?.kind !== 'object' ||
    frameworkBase(site.frame.interpreter, self.definition) !== qualified.slice(0, dot)
  )
    return undefined;
  return baseMethod(self, qualified.slice(dot + 1), { ...site, args: { ...site.args, positional: rest } });
}

/** Runs a function of the file on what it is given. */
function callFunction(callee: FunctionValue, site: CallSite): Value {
  const { args, frame } = site;
  const { definition, receiver, closure } = callee;
  const on = classOf(receiver ?? args.positional[0]);
  if (isTooDeep(definition, on, frame)) {
    if (receiver?.kind === 'object') mayHaveMore(receiver, definition, site);
    return notFollowed('recursion', site);
  }
  frame.interpreter.trace.entered.add(definition);
  frame.interpreter.budget.spend(closure.locals.size + frame.locals.size);
  const given = receiver === null ? args : { ...args, positional: [receiver, ...args.positional] };
  const inner = innerFrame(callee, site, { locals: namesAround(closure, frame), on });
  const bound = bindParameters(definition.parameters, given, (name) => fallbackOf(callee, name, inner));
  const self = receiver ?? given.positional[0];
  if (given.open) addSettings(bound, { callee, given, self }, frame);
  if (!frame.building && !makesModule(self, frame))
    addSpreadSettings(bound, given, { parameters: definition.parameters, frame: inner });
  addOptional(bound, given, { parameters: definition.parameters, frame: inner }, (name) =>
    fallbackOf(callee, name, inner),
  );
  const isNamer = namesSizes(callee, frame);
  for (const [name, value] of bound)
    inner.locals.set(
      name,
      isNamer ? namedBy(name, value, { callee, frame: inner }) : handedOn(name, value, { inner, site }),
    );
  if (callee.owner !== null && self?.kind === 'object') {
    inner.locals.set('super', { kind: 'parent', receiver: self, of: callee.owner });
  }
  const earlier = frame.heap.takeChanges();
  const result = withNamesHere(frame, inner.module, () =>
    callOnce({ callee, site, around: () => namesAround(closure, frame) }, () =>
      evaluatedOnce({ callee, inner }, (frame) => resultOf(callee, frame, site)),
    ),
  );
  const changes = frame.heap.takeChanges();
  if (changes.size > 0) replaceNames(new Map(changes), frame);
  frame.heap.addChanges(earlier);
  frame.heap.addChanges(changes);
  return result;
}

/** A method that a constructor runs and that runs itself, on the same module, may give it parts where it is not followed. */
function mayHaveMore(
  receiver: ObjectValue,
  { parameters }: FunctionValue['definition'],
  { frame, span }: CallSite,
): void {
  const running = frame.locals.get(parameters[0]?.name ?? '');
  if (!frame.building || running?.kind !== 'object' || running.id !== receiver.id) return;
  if (!isModuleClass(frame.interpreter, receiver.definition)) return;
  const value = unreadPart({ args: NO_ARGUMENTS, frame, span });
  frame.heap.setAttribute(receiver.id, hiddenName(0), { value, span });
}

/** Whether a call is one of a method of a module. */
function makesModule(self: Value | undefined, { interpreter }: Frame): boolean {
  return self?.kind === 'object' && isModuleClass(interpreter, self.definition);
}

function classOf(self: Value | undefined): ClassStatement | null {
  return self?.kind === 'object' ? self.definition : null;
}

function innerFrame(
  callee: FunctionValue,
  { frame, span }: CallSite,
  { locals, on }: { readonly locals: Variables<Value>; readonly on: ClassStatement | null },
): Frame {
  const { definition } = callee;
  const module = frame.interpreter.moduleOf(definition);
  // What no line calls is run as if its own definition, or that of its object, called it.
  const isRun = span === definition.span || span === on?.span;
  return frame.with({
    locals,
    names: { of: definition, writes: [], outer: callee.closure.capture },
    module,
    called: isRun ? frame.called : frame.calledInto(module, span),
    scope: scopeOf(callee, frame),
    stack: [...frame.stack, definition],
    selves: [...frame.selves, on],
  });
}

function resultOf(callee: FunctionValue, inner: Frame, site: CallSite): Value {
  const { definition } = callee;
  if (definition.kind === 'lambda') return inner.evaluate(definition.body);
  if (!definition.yields) return finished(definition, inner);
  const run = isContextManager(definition) ? inAnyState : finished;
  return generated({ callee: { ...callee, definition }, inner, site }, (frame) => run(definition, frame));
}

/** Runs a function and leaves the frame as it may be in the middle of it, or behind it. */
function inAnyState({ body }: FunctionStatement, inner: Frame): void {
  const states: Frame[] = [];
  const way = inner.fork().with({ attempt: { depth: inner.stack.length, states } });
  way.execute(body);
  inner.join([...states, way]);
}

function finished(definition: FunctionStatement, inner: Frame): Value {
  const { falls, returns } = inner.execute(definition.body);
  const heaps = returns.map((one) => one.heap);
  if (falls && heaps.length > 0) heaps.push(new Heap(inner.heap));
  inner.heap.join(heaps);
  const values = returns.map((one) => one.value);
  if (values.length === 0) return NONE;
  return falls ? either([...values, NONE]) : returnedOn(returns);
}

/** The default of a parameter; of one without that a decorator gives it, as hydra's does, a setting from outside. */
function fallbackOf({ definition, defaults }: FunctionValue, name: string, inner: Frame): Value {
  const made = defaults?.get(name);
  const parameter = definition.parameters.find((one) => one.name === name);
  if (parameter === undefined) return made ?? UNKNOWN;
  const { fallback } = parameter;
  if (fallback !== null)
    return sharedDefault(
      parameter,
      made ?? inner.with({ locals: new Variables() }).evaluate(fallback),
      inner,
    );
  if (definition.kind === 'lambda' || definition.decorators.length === 0) return UNKNOWN;
  const scope = inner.interpreter.symbols.ofDefinition(definition);
  return opaqueParameter(
    parameter,
    { scope, parameters: definition.parameters, body: definition.body },
    inner,
  );
}
