import { exactValue } from '../../growth/quantity.ts';
import { askedEntry } from '../machine/asked-entries.ts';
import type { CallSite, Frame } from '../machine/interpreter.ts';
import { either } from '../values/either.ts';
import { NONE, UNKNOWN, type Value } from '../values/value.ts';
import { itemOf } from './items.ts';
import { isNoSize } from './left-settings.ts';

/** How dicts are asked for an entry that they may not have. */
const ASKS: ReadonlySet<string> = new Set(['get', 'pop', 'setdefault']);

/** `settings.get('width', 512)`: a field of what comes from outside, with its default; undefined for another method. */
export function askedSetting(receiver: Value, method: string, { args, frame }: CallSite): Value | undefined {
  const [key, preset] = args.positional;
  if (!ASKS.has(method) || key?.kind !== 'text') return undefined;
  if (receiver.kind === 'opaque' && key.isPath === true) return UNKNOWN;
  if (isLeft(receiver, key.text, preset ?? (method === 'get' ? NONE : undefined))) return preset ?? NONE;
  const setting = settingIn(receiver, key.text, frame);
  return preset === undefined ? setting : setting && withPreset(setting, preset, frame);
}

/** Whether **kwargs of a model are taken to leave an entry at its default, which chooses among ways. */
function isLeft(receiver: Value, key: string, preset: Value | undefined): boolean {
  if (receiver.kind !== 'dict' || receiver.open || receiver.asked === undefined) return false;
  return preset !== undefined && isNoSize(preset) && !receiver.entries.has(key);
}

/** A field of what comes from outside; undefined where something else stands under the key. */
export function settingIn(container: Value, key: string, frame: Frame): Value | undefined {
  if (container.kind === 'opaque') return itemOf(container, { kind: 'text', text: key }, frame);
  return container.kind === 'dict' ? askedEntry(container, key, frame) : undefined;
}

/** `{**defaults, **settings}`: entries that settings may have other values for. */
export function underSettings(
  entries: ReadonlyMap<string, Value>,
  settings: Value,
  frame: Frame,
): ReadonlyMap<string, Value> | undefined {
  if (settings.kind !== 'opaque' && (settings.kind !== 'dict' || settings.asked === undefined))
    return undefined;
  const listed = settings.kind === 'dict' ? settings.entries : [];
  const under = [...entries].map(([key, preset]): readonly [string, Value] => {
    const setting = settingIn(settings, key, frame);
    return [key, setting === undefined ? preset : withPreset(setting, preset, frame)];
  });
  return new Map([...under, ...listed]);
}

/** A setting that is a number or text unless it is given another; something else may be either. */
export function withPreset(setting: Value, preset: Value, { interpreter }: Frame): Value {
  if (setting.kind !== 'opaque' || (setting.fallback !== null && setting.fallback.kind !== 'none'))
    return either([setting, preset]);
  const exact = preset.kind === 'number' ? exactValue(preset.quantity) : undefined;
  if (exact?.denominator === 1) interpreter.presets.set(setting.symbol, exact.numerator);
  if (isNothing(preset)) return setting;
  const isPlain = exact !== undefined || preset.kind === 'text' || preset.kind === 'truth';
  if (!isPlain) return either([setting, preset]);
  const { isAbsent: _, ...set } = setting;
  return { ...set, fallback: preset };
}

/** `settings.get('model', {})`: without the section all that is asked of it is at its default. */
function isNothing(preset: Value): boolean {
  return preset.kind === 'dict' && !preset.open && preset.entries.size === 0 && preset.keys.size === 0;
}
