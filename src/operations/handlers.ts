import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { isAtLeast, type Visitor } from '../domain/access.ts';
import type { NewAuditEntry } from '../domain/audit.ts';
import { Refusal } from '../domain/refusal.ts';
import { BackupError } from './backup-error.ts';
import type { Backups } from './backups.ts';
import type { Diagnostics } from './diagnostics.ts';

/** What the paths of operations need of the house. */
export interface OperationsDeps {
  readonly backups: Backups;
  readonly diagnostics: Diagnostics;
  /** Who has sent a request. */
  readonly visitor: (request: IncomingMessage) => Promise<Visitor>;
  /** False for a request that a page from elsewhere has made. */
  readonly isSameOrigin: (request: IncomingMessage) => boolean;
  /** Notes what somebody did. */
  readonly record: (visitor: Visitor, done: Done) => Promise<void>;
}

/** Something done over one of these paths, as the audit notes it. */
export type Done = Omit<NewAuditEntry, 'at' | 'actor' | 'address'>;

/** Answers requests by their path. */
export type OperationsHandlers = ReadonlyMap<
  string,
  (request: IncomingMessage, response: ServerResponse) => Promise<void>
>;

/** One of the paths: how it is asked for, and what it does. Returns the name of what it did it to. */
interface Operation {
  readonly method: 'GET' | 'POST';
  /** Its name in the audit. */
  readonly action: string;
  perform(request: IncomingMessage, response: ServerResponse): Promise<string | null>;
}

/** The statuses of refused backups. */
const STATUS: Readonly<Record<BackupError['code'], number>> = {
  FOREIGN: 422,
  DAMAGED: 422,
  NEWER: 422,
  PASSPHRASE_NEEDED: 422,
  WRONG_PASSPHRASE: 422,
  NO_SPACE: 507,
  TOO_LARGE: 413,
  NOT_FOUND: 404,
  BUSY: 409,
};
const BINARY = 'application/octet-stream';

/**
 * `GET /backups/download?name=`, `POST /backups/upload` and `GET /diagnostics`, for admins alone. What is sent is never what a form
 * of another page can send without being asked for it first.
 */
export function createOperationsHandlers(deps: OperationsDeps): OperationsHandlers {
  const { backups, diagnostics } = deps;
  const operations: [string, Operation][] = [
    [
      '/backups/download',
      { method: 'GET', action: 'downloadBackup', perform: (...http) => download(backups, ...http) },
    ],
    ['/backups/upload', { method: 'POST', action: 'uploadBackup', perform: (...http) => upload(backups, ...http) }],
    [
      '/diagnostics',
      { method: 'GET', action: 'downloadDiagnostics', perform: (...http) => sendDiagnostics(diagnostics, ...http) },
    ],
  ];
  return new Map(
    operations.map(([path, operation]) => [path, (request, response) => run(deps, operation, request, response)]),
  );
}

async function run(
  deps: OperationsDeps,
  { method, action, perform }: Operation,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const visitor = await deps.visitor(request);
  const note = (target: string | null, outcome: string) =>
    deps.record(visitor, { action, kind: 'backup', target, old: null, new: null, outcome });
  try {
    if (request.method !== method) throw new Refusal(405, 'BAD_USER_INPUT', `only ${method} is allowed`);
    requireAdmin(visitor);
    if (!deps.isSameOrigin(request)) throw new Refusal(403, 'FORBIDDEN', 'the page comes from elsewhere');
    await note(await perform(request, response), 'OK');
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    // Nobody could else fill the record until what others did is no longer in it.
    if (refusal && visitor.actor !== null) await note(null, refusal.code);
    // Whoever has read enough may go.
    if (response.destroyed) return;
    // What is still being sent is not read.
    if (!response.headersSent) response.setHeader('Connection', 'close');
    throw refusal ?? thrown;
  }
}

function requireAdmin({ access: { role } }: Visitor): void {
  if (role === null) throw new Refusal(401, 'UNAUTHENTICATED', 'sign in first');
  if (!isAtLeast(role, 'ADMIN')) throw new Refusal(403, 'FORBIDDEN', 'this needs the role ADMIN');
}

async function download(backups: Backups, request: IncomingMessage, response: ServerResponse): Promise<string> {
  const name = queryOf(request).get('name') ?? '';
  const file = backups.files.require(name);
  response.writeHead(200, {
    'Content-Type': BINARY,
    'Content-Length': file.bytes,
    // Only what our own names may hold comes here.
    'Content-Disposition': `attachment; filename="${name}"`,
    'Cache-Control': 'no-store',
  });
  await pipeline(createReadStream(backups.files.pathOf(file), { end: Math.max(0, file.bytes - 1) }), response);
  return name;
}

async function upload(backups: Backups, request: IncomingMessage, response: ServerResponse): Promise<string> {
  if (request.headers['content-type'] !== BINARY) {
    throw new Refusal(415, 'BAD_USER_INPUT', `the content type must be ${BINARY}`);
  }
  const { name } = await backups.receive(request);
  response.writeHead(201, { 'Content-Type': 'application/json; charset=utf-8' }).end(JSON.stringify({ name }));
  return name;
}

async function sendDiagnostics(
  diagnostics: Diagnostics,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<null> {
  const report = await diagnostics({ maskHosts: queryOf(request).get('hosts') !== 'shown' });
  response.writeHead(200, {
    'Content-Type': 'application/gzip',
    'Content-Disposition': 'attachment; filename="thermograph-diagnostics.json.gz"',
    'Cache-Control': 'no-store',
  });
  await pipeline(Readable.from([JSON.stringify(report, null, 1)]), createGzip(), response);
  return null;
}

function refusalOf(thrown: unknown): Refusal | null {
  if (thrown instanceof Refusal) return thrown;
  return thrown instanceof BackupError ? new Refusal(STATUS[thrown.code], thrown.code, thrown.message) : null;
}

function queryOf({ url = '' }: IncomingMessage): URLSearchParams {
  return new URL(url, 'http://localhost').searchParams;
}
