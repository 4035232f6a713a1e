/** Where the settings of an experiment stand in the editor: `coord-check` under `coordCheck`. */
export function settingSection(experiment: string): string {
  return experiment.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
