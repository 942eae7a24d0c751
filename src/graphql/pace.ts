import type { Localized } from '../domain/localized.ts';
import type { Pace, PaceReason } from '../domain/pace.ts';
import { builder, enumType } from './builder.ts';
import { LANGUAGE_ARGS, localize } from './language.ts';

const PaceReasonType = enumType<PaceReason>('PaceReason', 'Why a heat pump is read as fast as it is.', {
  FREE: 'Nothing speaks against it: as fast as its driver allows.',
  SLOW: 'Its answers took much longer than usual, or did not come.',
  BUSY: 'It said that it was busy, by Modbus exception 5 or 6.',
  LOST: 'It was gone while it was read, as a device that restarts when it is asked too often.',
});

const TEXTS: Record<PaceReason, Localized> = {
  FREE: { EN: 'as fast as its driver allows', DE: 'so schnell, wie der Treiber erlaubt' },
  SLOW: {
    EN: 'more slowly, for its answers took much longer than usual',
    DE: 'langsamer, denn ihre Antworten dauerten viel länger als üblich',
  },
  BUSY: { EN: 'more slowly, for it said that it was busy', DE: 'langsamer, denn sie meldete sich als überlastet' },
  LOST: {
    EN: 'gently, for it was lost while it was read',
    DE: 'schonend, denn sie brach während des Lesens weg',
  },
};

/** How fast a heat pump is read. */
export const PaceType = builder.objectRef<Pace>('Pace').implement({
  description:
    'How fast a heat pump is read, and why. The server slows down by itself at signs of strain, and never lets a write wait.',
  fields: (t) => ({
    reason: t.expose('reason', { type: PaceReasonType, description: 'Why.' }),
    text: t.string({
      description: 'The reason in words.',
      args: LANGUAGE_ARGS,
      resolve: ({ reason }, args) => localize(TEXTS[reason], args),
    }),
    since: t.expose('since', { type: 'DateTime', description: 'When the reason came up.' }),
    requestsPerSecond: t.exposeFloat('requestsPerSecond', {
      nullable: true,
      description: 'Most requests of the usual size that it is sent in a second; null: only its driver limits them.',
    }),
    registersPerSecond: t.exposeFloat('registersPerSecond', {
      nullable: true,
      description: 'Most registers (words) that it is asked for in a second; null: there is no limit.',
    }),
    troubleAt: t.exposeFloat('troubleAt', {
      nullable: true,
      description: 'Requests per second at which the trouble came; null: there was none.',
    }),
    sparedUntil: t.expose('sparedUntil', {
      type: 'DateTime',
      nullable: true,
      description: 'Before this time it is read no faster than its poll interval wants; null: it was not lost lately.',
    }),
  }),
});
