import type { Flatten, Translator } from '@solid-primitives/i18n';
import type { AuditQuery } from '../../graphql/generated/types.ts';
import type { en } from './texts.en.ts';

/** What is needed to say in words what was done. */
export interface AuditWords {
  readonly t: Translator<Flatten<typeof en>>;
  textOr(key: string, otherwise: string): string;
}

/** An entry of the audit. */
export type AuditEntry = AuditQuery['audit']['entries'][number];

/** What an entry tells of; a dry run has changed nothing. */
export function actionOf({ action, new: input }: AuditEntry): string {
  return (input as { readonly dryRun?: unknown } | null)?.dryRun === true ? 'preview' : action;
}

/** What was done, in words: by the first word of the action where it has none of its own. */
export function actionText({ textOr }: AuditWords, action: string): string {
  const [verb = action] = /^[a-z]+/.exec(action) ?? [];
  return textOr(`action.${action}`, textOr(`action.${verb}`, action));
}

/** Who did it, in words. */
export function actorText({ t }: AuditWords, actor: string | null): string {
  if (actor === null) return t('audit.nobody');
  if (actor === 'api') return t('audit.open');
  const [kind, ...rest] = actor.split(':');
  const name = rest.join(':');
  if (kind === 'user') return name;
  if (kind === 'token') return t('audit.token', name);
  return kind === 'job' ? t('audit.job') : actor;
}

/** What it was done to: its kind, and its name where the entry has it, or `nameOf` knows that of a heat pump. */
export function targetText(
  { textOr }: AuditWords,
  entry: AuditEntry,
  nameOf: (heatpumpId: string) => string | undefined,
): string {
  const kind = textOr(`kind.${entry.action}`, textOr(`kind.${entry.kind}`, entry.kind));
  const words = entry.target?.split(' ').map((word) => nameOf(word) ?? word);
  const target = nameIn(entry.new) ?? nameIn(entry.old) ?? words?.join(' ');
  return target === undefined ? kind : `${kind} ${target}`;
}

function nameIn(value: unknown): string | undefined {
  const name = (value as { readonly name?: unknown } | null)?.name;
  return typeof name === 'string' ? name : undefined;
}
