import { badInput } from '../domain/errors.ts';
import type { LogLevel, LogLine } from '../operations/log-book.ts';
import { builder, enumType } from './builder.ts';

const MAX_LINES = 1_000;

const LogLevelType = enumType<LogLevel>('LogLevel', 'How much a line of the log matters.', {
  DEBUG: 'Of use to developers; kept only if the server logs it.',
  INFO: 'Something happened as it should.',
  WARN: 'Something is worth a look.',
  ERROR: 'Something did not work.',
});

const LogLineType = builder.objectRef<LogLine>('LogLine').implement({
  description: 'A line of the log.',
  fields: (t) => ({
    number: t.exposeInt('number', { description: 'Grows from line to line, from 1 with each start of the server.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When it was written.' }),
    level: t.expose('level', { type: LogLevelType, description: 'How much it matters.' }),
    message: t.exposeString('message', { description: 'What happened, in English.' }),
    fields: t.expose('fields', { type: 'JSON', description: 'What else was noted, by name; without secrets.' }),
  }),
});

builder.queryField('logLines', (t) =>
  t.field({
    type: [LogLineType],
    access: 'ADMIN',
    description: `The last lines of the log since the server started, newest first; ${MAX_LINES} are kept.`,
    args: {
      first: t.arg.int({ required: true, defaultValue: 200, description: `At most so many, 1 to ${MAX_LINES}.` }),
      level: t.arg({
        type: LogLevelType,
        required: true,
        defaultValue: 'INFO',
        description: 'Only lines that matter at least so much.',
      }),
    },
    resolve: (_, { first, level }, { log }) => {
      if (first < 1 || first > MAX_LINES)
        throw badInput({ path: ['first'], message: `must be from 1 to ${MAX_LINES}` });
      return log.last(first, level);
    },
  }),
);
