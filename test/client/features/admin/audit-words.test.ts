import { flatten, translator } from '@solid-primitives/i18n';
import { describe, expect, it } from 'vitest';
import { type AuditEntry, actionOf, targetText } from '../../../../client/src/features/admin/audit-words.ts';
import { en } from '../../../../client/src/features/admin/texts.en.ts';

const texts: Readonly<Record<string, unknown>> = flatten(en);
const i18n = {
  t: translator(() => flatten(en)),
  textOr: (key: string, otherwise: string) => String(texts[key] ?? otherwise),
};
const nameOf = (id: string) => (id === 'hp-1' ? 'Main house' : undefined);
const entry = (more: Partial<AuditEntry>): AuditEntry => ({
  ...{ id: '1', at: '2026-01-12T10:00:00.000Z', actor: 'user:Anna', address: '127.0.0.1', outcome: 'OK' },
  ...{ action: 'writeSensor', kind: 'sensor', target: 'hp-1 temp_water_target', old: null, new: null },
  ...more,
});

describe('the words of an entry of the audit', () => {
  it.each([
    ['the heat pump by its name', entry({}), 'value Main house temp_water_target'],
    ['one that is gone by its id', entry({ target: 'hp-2 temp_water_target' }), 'value hp-2 temp_water_target'],
    ['a thing by the name it was given', entry({ kind: 'job', target: 'x', new: { name: 'Night' } }), 'job Night'],
    ['a thing by the name it had', entry({ kind: 'job', target: 'x', old: { name: 'Night' } }), 'job Night'],
    [
      'an action that has words of its own',
      entry({ action: 'restoreSettings', target: 's' }),
      'settings of snapshot s',
    ],
    ['nothing but the kind', entry({ kind: 'backup', target: null }), 'backup'],
  ])('tell %s', (_, about, expected) => {
    expect(targetText(i18n, about, nameOf)).toBe(expected);
  });

  it('do not tell of a dry run as if it had changed anything', () => {
    const action = 'restoreSettings';
    expect(actionOf(entry({ action, new: { dryRun: true } }))).toBe('preview');
    expect(actionOf(entry({ action, new: { dryRun: false } }))).toBe(action);
    expect(actionOf(entry({ action }))).toBe(action);
  });
});
