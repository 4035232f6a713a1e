import {
  type AnyField,
  type AnyFields,
  type Experiment,
  LONE_ENGINE_NAMES,
  settingSection,
} from '@widthwise/core';

type AnyExperiment = Pick<Experiment<object, never, unknown>, 'name' | 'title' | 'fields'>;

/** The settings of an experiment, in full. */
export function settingNames(experiment: AnyExperiment): string[] {
  return settingFields(experiment).map(([field]) => nameOf(experiment, field));
}

/** The part of the editor's settings that is an experiment's, from its fields. */
export function experimentSettings(experiment: AnyExperiment): object {
  const properties = settingFields(experiment).map(([field, declared]) => [
    nameOf(experiment, field),
    settingOf(declared),
  ]);
  return { title: experiment.title, properties: Object.fromEntries(properties) };
}

function settingFields({ fields }: AnyExperiment): [string, AnyField][] {
  return Object.entries(fields as AnyFields).filter(([, { setting }]) => setting);
}

function nameOf({ name }: AnyExperiment, field: string): string {
  return `widthwise.${settingSection(name)}.${field}`;
}

function settingOf(field: AnyField): object {
  const sentence = `${field.says[0]!.toUpperCase()}${field.says.slice(1)}.`;
  return { ...formOf(field), default: field.default, scope: 'resource', markdownDescription: sentence };
}

function formOf(field: AnyField): object {
  switch (field.kind) {
    case 'whole':
      return { type: 'integer', minimum: field.low, maximum: field.high };
    case 'positive':
      return { type: field.default === null ? ['number', 'null'] : 'number', exclusiveMinimum: 0 };
    case 'choice':
      return { type: 'string', enum: field.of.filter((name) => !LONE_ENGINE_NAMES.includes(name)) };
    case 'text':
      return { type: 'string' };
    case 'texts':
      return { type: 'array', items: { type: 'string' }, minItems: 1 };
    case 'wholes':
      return {
        type: 'array',
        items: { type: 'integer', minimum: field.low, maximum: field.high },
        minItems: field.fewest,
        uniqueItems: true,
      };
  }
}
