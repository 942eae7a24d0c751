/** What may stand in curly brackets in a message. */
export const PLACEHOLDERS = ['heatpump', 'alert', 'sensor', 'value', 'unit', 'threshold', 'since', 'state'] as const;
/** One of {@link PLACEHOLDERS}. */
export type Placeholder = (typeof PLACEHOLDERS)[number];

const IN_BRACKETS = /\{([^{}]*)\}/g;
const SPACE_AND_BRACKETS = /( ?)\{([^{}]*)\}/g;

/** The texts in curly brackets of a template that are no placeholders. */
export function unknownPlaceholders(template: string): string[] {
  const names = [...template.matchAll(IN_BRACKETS)].map(([, name = '']) => name);
  return names.filter((name) => !isPlaceholder(name));
}

/**
 * The template with its placeholders filled in; what is filled in is not looked at again. An empty value, such as that of a
 * number without a unit, takes the space before it along.
 */
export function fillIn(template: string, values: Readonly<Record<Placeholder, string>>): string {
  return template.replace(SPACE_AND_BRACKETS, (whole, space: string, name: string) => {
    if (!isPlaceholder(name)) return whole;
    return values[name] === '' ? '' : `${space}${values[name]}`;
  });
}

function isPlaceholder(name: string): name is Placeholder {
  return (PLACEHOLDERS as readonly string[]).includes(name);
}
