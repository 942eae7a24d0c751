import type { EncodingCandidate, EncodingProbe, EncodingVerdict, Evidence } from '../domain/encoding-probe.ts';
import { builder, enumType } from './builder.ts';
import { connectionTargetInput } from './heatpump-changes.ts';
import { WordOrderType } from './sensor.ts';

const EncodingVerdictType = enumType<EncodingVerdict>('EncodingVerdict', 'What a probe of an encoding came to.', {
  AS_EXPECTED: 'Only the encoding that the model has in its table fits.',
  OTHER: 'Only another encoding fits; nothing is changed by that.',
  AMBIGUOUS: 'Several encodings fit, or too little could be read to tell.',
  NONE: 'No encoding fits: something else answers, or the unit shows no usable values.',
});

const EvidenceType = builder.objectRef<Evidence>('Evidence').implement({
  description: 'One thing that physics demands, and whether the values meet it.',
  fields: (t) => ({
    text: t.exposeString('text', { description: 'What was asked, with the values seen, in English.' }),
    passed: t.exposeBoolean('passed', { description: 'Whether the values meet it.' }),
  }),
});

const EncodingCandidateType = builder.objectRef<EncodingCandidate>('EncodingCandidate').implement({
  description: 'One way in which a heat pump might code its values, as a difference from the table of its model.',
  fields: (t) => ({
    wordOrder: t.expose('wordOrder', { type: WordOrderType, description: 'Of 32-bit values.' }),
    addressShift: t.exposeInt('addressShift', { description: 'Added to every address.' }),
    scaleFactor: t.exposeFloat('scaleFactor', { description: 'Factor on top of the scale in the table.' }),
    evidence: t.expose('evidence', { type: [EvidenceType], description: 'What speaks for and against it.' }),
  }),
});

const EncodingProbeType = builder.objectRef<EncodingProbe>('EncodingProbe').implement({
  description: 'How a heat pump codes its values, as far as physics can tell. A probe only reads, and changes nothing.',
  fields: (t) => ({
    verdict: t.expose('verdict', { type: EncodingVerdictType, description: 'What it came to.' }),
    fits: t.expose('fits', {
      type: EncodingCandidateType,
      nullable: true,
      description: 'The only encoding that fits, if there is one.',
    }),
    candidates: t.expose('candidates', {
      type: [EncodingCandidateType],
      description: 'All encodings tried, the likeliest first.',
    }),
  }),
});

const ProbeEncodingInput = connectionTargetInput(
  'ProbeEncodingInput',
  'A heat pump whose encoding is to be found out: one that exists, or one that is about to be added.',
);

const ProbeEncodingPayload = builder.objectRef<{ result: EncodingProbe }>('ProbeEncodingPayload').implement({
  description: 'The outcome of a probe of an encoding.',
  fields: (t) => ({ result: t.expose('result', { type: EncodingProbeType, description: 'What was found.' }) }),
});

builder.mutationField('probeEncoding', (t) =>
  t.field({
    access: 'ADMIN',
    audit: 'heatpump',
    type: ProbeEncodingPayload,
    description:
      'Tries word orders, addresses and scales on a few registers and holds the values against physics; takes some seconds, only reads.',
    args: {
      input: t.arg({ type: ProbeEncodingInput, required: true, description: 'Which heat pump or connection.' }),
    },
    resolve: async (_, { input }, { heatpumps }) => ({
      result: await heatpumps.probeEncoding(input),
    }),
  }),
);
