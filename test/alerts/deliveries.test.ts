import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChannelInput } from '../../src/alerts/channel-input.ts';
import { checkChannel } from '../../src/alerts/channel-input.ts';
import { Deliveries, newDelivery } from '../../src/alerts/deliveries.ts';
import type { MailSettings } from '../../src/alerts/mail.ts';
import { createAlertStore } from '../../src/db/alert-store.ts';
import { createChannelStore } from '../../src/db/channel-store.ts';
import { openDatabase } from '../../src/db/database.ts';
import { createDeliveryStore } from '../../src/db/delivery-store.ts';
import type { PrismaClient } from '../../src/db/generated/client.ts';
import { createHeatpumpStore } from '../../src/db/heatpump-store.ts';
import type { Channel, ChannelType, Delivery, Notification } from '../../src/domain/channel.ts';
import { until } from '../support/alert-house.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { LogBook, makeTempDir } from '../support/house.ts';
import { type HttpReceiver, type SmtpScript, startHttpReceiver, startSmtpReceiver } from '../support/receivers.ts';

const KEY = 'a secret of 16 letters';
const HOUR = 3_600_000;

let clock: FakeClock;
let log: LogBook;
let directory: ReturnType<typeof makeTempDir>;
let prisma: PrismaClient;
let deliveries: Deliveries;
const closing: (() => Promise<void>)[] = [];

beforeEach(async () => {
  clock = new FakeClock();
  log = new LogBook();
  directory = makeTempDir();
  await open();
});

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  await leave();
  directory.remove();
});

async function open(): Promise<void> {
  prisma = await openDatabase(join(directory.path, 'test.db'));
  deliveries = new Deliveries({ store: createDeliveryStore(prisma), clock, logger: log });
}

async function leave(): Promise<void> {
  await deliveries.stop();
  await prisma.$disconnect();
}

/** A receiver that is closed after the test. */
async function receive(answers: readonly (number | 'HANG')[] = []): Promise<HttpReceiver> {
  const receiver = await startHttpReceiver((index, response) => {
    const answer = answers[Math.min(index, answers.length - 1)] ?? 200;
    if (answer !== 'HANG') response.writeHead(answer, { location: '/elsewhere' }).end('who reads this?');
  });
  closing.push(receiver.close);
  return receiver;
}

async function receiveMail(script?: SmtpScript) {
  const receiver = await startSmtpReceiver(script);
  closing.push(receiver.close);
  return receiver;
}

let channelCount = 0;

/** A channel on disk, and known to the deliveries. */
async function channel(type: ChannelType, input: ChannelInput): Promise<Channel> {
  const checked = checkChannel(type, { name: 'Channel', ...input });
  const made: Channel = { id: `c${++channelCount}`, ...checked, createdAt: clock.now(), updatedAt: clock.now() };
  await createChannelStore(prisma).insert(made);
  deliveries.setChannel(made);
  return made;
}

const webhook = ({ url }: HttpReceiver, more: ChannelInput = {}) =>
  channel('WEBHOOK', { settings: { url: `${url}/hook` }, secret: KEY, ...more });

const notification = (text: string): Notification => ({
  kind: 'FIRING',
  title: 'Alert: Größe – Home',
  text,
  alert: { id: 'a1', name: 'Größe' },
  heatpump: { id: 'hp-1', name: 'Home' },
  value: 31.5,
  unit: '°C',
  threshold: 30,
  since: Date.UTC(2026, 0, 15, 11, 59),
  at: Date.UTC(2026, 0, 15, 12),
});

/** Puts messages into the queue of a channel. */
async function queue(to: Channel, ...texts: readonly string[]): Promise<void> {
  for (const text of texts)
    await createDeliveryStore(prisma).insert(newDelivery(to.id, notification(text), clock.now()));
  deliveries.wake(to.id);
}

const list = (of: Channel): Promise<Delivery[]> => createDeliveryStore(prisma).list(of.id, 200);

/** The messages of a channel, oldest first, once none is on its way. */
async function settled(of: Channel): Promise<Delivery[]> {
  const isResting = ({ nextAttemptAt }: Delivery) => nextAttemptAt === null || nextAttemptAt > clock.now();
  await until(async () => (await list(of)).every(isResting));
  return (await list(of)).reverse();
}

const texts = ({ posts }: HttpReceiver) => posts.map(({ body }) => (JSON.parse(body) as { text: string }).text);

describe('a webhook', () => {
  it('is signed, so that the receiver can tell who sent it, and when', async () => {
    const receiver = await receive();
    const to = await webhook(receiver);
    await queue(to, 'Too big: "31,5 °C"');
    const [delivery] = await settled(to);
    expect(delivery).toMatchObject({ state: 'DELIVERED', attempts: 1, error: null, lastAttemptAt: clock.now() });
    const [post] = receiver.posts;
    expect(post).toMatchObject({ method: 'POST', path: '/hook', headers: { 'content-type': 'application/json' } });
    const { 'x-thermograph-timestamp': timestamp, 'x-thermograph-signature': signature } = post?.headers ?? {};
    expect(Number(timestamp)).toBe(clock.now() / 1_000);
    const encode = (value: string) => new TextEncoder().encode(value);
    const hmac = { name: 'HMAC', hash: 'SHA-256' };
    const key = await crypto.subtle.importKey('raw', encode(KEY), hmac, false, ['verify']);
    const sent = Buffer.from(String(signature).replace('sha256=', ''), 'hex');
    const isGenuine = (body: string) => crypto.subtle.verify('HMAC', key, sent, encode(`${String(timestamp)}.${body}`));
    expect(await isGenuine(post?.body ?? '')).toBe(true);
    expect(await isGenuine(`${post?.body} `)).toBe(false);
    expect(JSON.parse(post?.body ?? '')).toStrictEqual({
      id: delivery?.id,
      kind: 'FIRING',
      title: 'Alert: Größe – Home',
      text: 'Too big: "31,5 °C"',
      alert: { id: 'a1', name: 'Größe' },
      heatpump: { id: 'hp-1', name: 'Home' },
      value: 31.5,
      unit: '°C',
      threshold: 30,
      since: '2026-01-15T11:59:00.000Z',
      at: '2026-01-15T12:00:00.000Z',
    });
    expect(post?.headers['x-thermograph-delivery']).toBe(delivery?.id);
  });
});

describe('a service that fails', () => {
  it('is tried again after 30 seconds, and after two more minutes, before anything else is sent to it', async () => {
    const receiver = await receive([500, 429, 204]);
    const to = await webhook(receiver);
    await queue(to, 'one', 'two');
    await until(async () => (await list(to)).some(({ attempts }) => attempts === 1));
    const first = (await list(to)).at(-1);
    expect(first).toMatchObject({
      state: 'PENDING',
      error: { code: 'UNAVAILABLE', message: 'the service answered 500' },
    });
    expect(first?.nextAttemptAt).toBe(clock.now() + 30_000);
    clock.advance(29_999);
    expect(texts(receiver)).toStrictEqual(['one']);
    clock.advance(1);
    await until(async () => (await list(to)).some(({ attempts }) => attempts === 2));
    clock.advance(120_000);
    expect(await settled(to)).toMatchObject([
      { state: 'DELIVERED', attempts: 3, error: null },
      { state: 'DELIVERED', attempts: 1 },
    ]);
    expect(texts(receiver)).toStrictEqual(['one', 'one', 'one', 'two']);
    const ids = receiver.posts.map(({ headers }) => headers['x-thermograph-delivery']);
    expect(new Set(ids.slice(0, 3)).size).toBe(1);
    expect(log.lines).toStrictEqual([]);
  });

  it('is given up after five tries within an hour, and what waited behind sooner', async () => {
    const receiver = await receive([503]);
    const to = await webhook(receiver);
    await queue(to, 'one', 'two');
    const startedAt = clock.now();
    for (let attempts = 1; attempts < 5; attempts++) {
      await until(async () => (await list(to)).some((delivery) => delivery.attempts === attempts));
      clock.advance(((await list(to)).at(-1)?.nextAttemptAt ?? 0) - clock.now());
    }
    await until(async () => (await list(to)).at(-1)?.state === 'FAILED');
    expect(clock.now() - startedAt).toBeLessThanOrEqual(HOUR);
    // The second is not an hour old yet, and is tried once more when it is.
    await until(async () => (await list(to))[0]?.attempts === 1);
    clock.advance(HOUR);
    await until(async () => (await list(to))[0]?.attempts === 2);
    const [first, second] = await settled(to);
    expect(first).toMatchObject({ state: 'FAILED', attempts: 5, nextAttemptAt: null, error: { code: 'UNAVAILABLE' } });
    expect(second).toMatchObject({ state: 'FAILED', attempts: 2 });
    expect(log.lines).toStrictEqual(['warn a message was given up', 'warn a message was given up']);
  });

  it.each([
    [400, 'REJECTED'],
    [401, 'UNAUTHORIZED'],
    [404, 'REJECTED'],
    [302, 'REJECTED'],
  ])('for good, with %i, is not tried again: %s', async (status, code) => {
    const receiver = await receive([status]);
    const to = await webhook(receiver);
    await queue(to, 'one');
    const [delivery] = await settled(to);
    expect(delivery).toMatchObject({ state: 'FAILED', attempts: 1, error: { code } });
    expect(delivery?.error?.message).toContain(String(status));
    expect(JSON.stringify(delivery)).not.toMatch(/who reads this|elsewhere|hook|secret/);
    expect(receiver.posts.map(({ path }) => path)).toStrictEqual(['/hook']);
  });

  it('by hanging disturbs no other, and is cut off at its deadline', async () => {
    const hanging = await receive(['HANG']);
    const healthy = await receive();
    const to = await webhook(hanging);
    const other = await webhook(healthy);
    await queue(to, 'one');
    await until(() => hanging.posts.length === 1);
    await queue(other, 'one', 'two', 'three');
    await settled(other);
    expect(texts(healthy)).toStrictEqual(['one', 'two', 'three']);
    clock.advance(14_999);
    expect((await list(to))[0]).toMatchObject({ attempts: 0 });
    clock.advance(1);
    await until(async () => (await list(to))[0]?.attempts === 1);
    expect((await list(to))[0]).toMatchObject({ state: 'PENDING', error: { code: 'TIMEOUT' } });
  });

  it('is told apart from one that is not there, and one that no message may be sent to', async () => {
    const receiver = await receive();
    await receiver.close();
    const outcome = async (url: string) => {
      const to = await channel('WEBHOOK', { settings: { url }, secret: KEY });
      return deliveries.tryOnce(to, newDelivery(to.id, notification('x'), clock.now()));
    };
    expect(await outcome(receiver.url)).toMatchObject({ state: 'FAILED', error: { code: 'UNREACHABLE' } });
    for (const host of ['169.254.169.254', '[fe80::1]', '[::ffff:169.254.169.254]', '0.0.0.0', '2852039166', '[::]']) {
      expect(await outcome(`http://${host}:${receiver.port}/`), host).toMatchObject({
        state: 'FAILED',
        error: { code: 'NOT_ALLOWED' },
      });
    }
  });
});

describe('what is waiting', () => {
  it('survives a restart, and keeps its identity', async () => {
    const receiver = await receive(['HANG', 200]);
    const to = await webhook(receiver);
    await queue(to, 'one', 'two');
    await until(() => receiver.posts.length === 1);
    const before = await list(to);
    await leave();
    await open();
    expect(await list(to)).toStrictEqual(before);
    deliveries.setChannel(to);
    await settled(to);
    expect(texts(receiver)).toStrictEqual(['one', 'one', 'two']);
    const ids = receiver.posts.map(({ headers }) => headers['x-thermograph-delivery']);
    expect(ids).toStrictEqual([before[1]?.id, before[1]?.id, before[0]?.id]);
    expect(await settled(to)).toMatchObject([{ attempts: 1 }, { attempts: 1 }]);
  });

  it('is given up when its channel is disabled', async () => {
    const receiver = await receive([500]);
    const to = await webhook(receiver);
    await queue(to, 'one');
    await until(async () => (await list(to))[0]?.attempts === 1);
    deliveries.setChannel({ ...to, enabled: false });
    await until(async () => (await list(to))[0]?.state === 'FAILED');
    expect((await list(to))[0]).toMatchObject({ attempts: 1, nextAttemptAt: null, error: { code: 'DISABLED' } });
    expect(receiver.posts).toHaveLength(1);
  });

  it('is at most a hundred messages, and so is what is kept of those settled', async () => {
    const heatpumpId = 'hp-1';
    const at = { createdAt: clock.now(), updatedAt: clock.now() };
    const connection = { host: 'x', port: 502, unitId: 1, timeoutMs: 1_000 };
    const kind = { manufacturer: 'idm', model: 'navigator_2_0', config: {} };
    const flags = { enabled: true, readOnly: false, pollIntervalMs: null };
    await createHeatpumpStore(prisma).insert({ id: heatpumpId, name: 'Home', connection, ...kind, ...flags, ...at });
    const receiver = await receive();
    const to = await webhook(receiver);
    const store = createAlertStore(prisma);
    const rule = { type: 'OFFLINE', durationMs: 0 } as const;
    const more = { message: null, repeatEveryMs: null, enabled: true };
    await store.insert({ id: 'a1', name: 'A', heatpumpId, rule, channelIds: [to.id], ...more, ...at });
    const state = { state: 'FIRING', since: 1, acknowledgedAt: null, notifiedAt: 1, value: null, text: null } as const;
    const waiting = Array.from({ length: 130 }, (_, i) => newDelivery(to.id, notification(`${i}`), clock.now()));
    await store.record([{ alertId: 'a1', heatpumpId, state, event: null, deliveries: waiting }]);
    const dropped = (await list(to))
      .filter(({ error }) => error?.code === 'DROPPED')
      .map((one) => one.notification.text);
    expect(dropped.reverse()).toStrictEqual(Array.from({ length: 30 }, (_, i) => `${i}`));
    deliveries.wake(to.id);
    await settled(to);
    expect(texts(receiver)).toStrictEqual(Array.from({ length: 100 }, (_, i) => `${i + 30}`));
    expect((await list(to)).map(({ state: end }) => end)).toStrictEqual(Array(100).fill('DELIVERED'));
  });
});

describe('the services', () => {
  it('get what they expect', async () => {
    const receiver = await receive();
    const ntfy = { url: receiver.url, topic: 'heat' };
    const telegram = { url: receiver.url, chatId: '-100123' };
    for (const to of [
      await channel('NTFY', { settings: ntfy, secret: 'tk_123' }),
      await channel('NTFY', { settings: ntfy }),
      await channel('TELEGRAM', { settings: telegram, secret: '123:ABC-d' }),
      await channel('DISCORD', { secret: `${receiver.url}/api/webhooks/1/token` }),
    ]) {
      await queue(to, 'Too big, @everyone');
      await settled(to);
    }
    const told = receiver.posts.map(({ path, headers, body }) => [path, headers.authorization, JSON.parse(body)]);
    const title = 'Alert: Größe – Home';
    const push = { topic: 'heat', title, message: 'Too big, @everyone', priority: 4 };
    expect(told).toStrictEqual([
      ['/', 'Bearer tk_123', push],
      ['/', undefined, push],
      ['/bot123:ABC-d/sendMessage', undefined, { chat_id: '-100123', text: `${title}\nToo big, @everyone` }],
      [
        '/api/webhooks/1/token',
        undefined,
        { content: `${title}\nToo big, @everyone`, allowed_mentions: { parse: [] } },
      ],
    ]);
  });
});

describe('an e-mail', () => {
  const mailTo = (port: number, more: object = {}) =>
    channel('EMAIL', {
      settings: {
        host: '127.0.0.1',
        port,
        security: 'NONE',
        from: 'house@example.com',
        to: ['a@example.com', 'b@example.com'],
        ...more,
      },
    });

  it('arrives with everything it tells', async () => {
    const receiver = await receiveMail();
    const to = await mailTo(receiver.port);
    await queue(to, 'First line\n.hidden dot\nGröße');
    const [delivery] = await settled(to);
    expect(delivery).toMatchObject({ state: 'DELIVERED', error: null });
    const [mail] = receiver.mails;
    expect(mail).toMatchObject({
      from: 'MAIL FROM:<house@example.com>',
      to: ['RCPT TO:<a@example.com>', 'RCPT TO:<b@example.com>'],
    });
    const [head = '', body = ''] = mail?.data.split(/\n\n(.*)/s) ?? [];
    const headers = head.replace(/\n\s+/g, ' ');
    expect(headers).toMatch(/^From: Thermograph <house@example.com>$/m);
    expect(headers).toMatch(/^To: a@example.com, b@example.com$/m);
    expect(headers).toMatch(new RegExp(`^Message-ID: <${delivery?.id}@thermograph>$`, 'm'));
    expect(headers).toMatch(/^Auto-Submitted: auto-generated$/m);
    const subject = /^Subject: (.*)$/m.exec(headers)?.[1] ?? '';
    expect(decodeHeader(subject)).toBe('Alert: Größe – Home');
    expect(headers).toMatch(/^Content-Transfer-Encoding: quoted-printable$/m);
    expect(decodeQuoted(body.replace(/=\n/g, '')).trim()).toBe('First line\n.hidden dot\nGröße');
  });

  it('is tried again if the server says so, and not if it refuses', async () => {
    const answers = ['451 later', '250 kept'];
    const receiver = await receiveMail((command) => (command === '.' ? answers.shift() : undefined));
    const to = await mailTo(receiver.port);
    await queue(to, 'x');
    await until(async () => (await list(to))[0]?.attempts === 1);
    expect((await list(to))[0]).toMatchObject({
      state: 'PENDING',
      error: { code: 'UNAVAILABLE', message: 'the mail server answered 451' },
    });
    clock.advance(30_000);
    expect(await settled(to)).toMatchObject([{ state: 'DELIVERED', attempts: 2 }]);

    const refusing = await receiveMail((command) => (command === 'RCPT' ? '550 no house@example.com here' : undefined));
    const other = await mailTo(refusing.port);
    await queue(other, 'x');
    expect(await settled(other)).toMatchObject([
      { state: 'FAILED', error: { code: 'REJECTED', message: 'the mail server answered 550' } },
    ]);
  });

  it('is cut off at its deadline, wherever the server hangs', async () => {
    for (const silent of ['CONNECT', 'EHLO', 'DATA', '.']) {
      const receiver = await receiveMail((command) => (command === silent ? null : undefined));
      const to = await mailTo(receiver.port);
      await queue(to, 'x');
      if (silent !== 'CONNECT')
        await until(() => receiver.lines.some((line) => line.startsWith(silent)) || silent === '.');
      if (silent === '.') await until(() => receiver.mails.length === 1);
      if (silent === 'CONNECT') await until(() => receiver.connections() === 1);
      clock.advance(15_000);
      await until(async () => (await list(to))[0]?.attempts === 1);
      expect((await list(to))[0], silent).toMatchObject({ state: 'PENDING', error: { code: 'TIMEOUT' } });
      await until(() => receiver.connections() === 0);
    }
  });

  it('is not sent, nor a password, to a server that cannot encrypt', async () => {
    const receiver = await receiveMail();
    const to = await channel('EMAIL', {
      settings: { host: '127.0.0.1', port: receiver.port, user: 'me', from: 'a@b.example', to: ['a@b.example'] },
      secret: 'pass word',
    });
    for (const security of ['STARTTLS', 'TLS'] as const) {
      const settings = { ...(to.settings as MailSettings), security };
      const tried = await deliveries.tryOnce({ ...to, settings }, newDelivery(to.id, notification('x'), clock.now()));
      expect(tried, security).toMatchObject({ state: 'FAILED', error: { code: 'TLS_FAILED' } });
    }
    expect(receiver.mails).toHaveLength(0);
    expect(receiver.lines.filter((line) => /AUTH|MAIL/.test(line))).toStrictEqual([]);
  });
});

/** RFC 2047. */
function decodeHeader(text: string): string {
  const decoded = text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([qb])\?([^?]*)\?=/gi, (_, how: string, word: string) =>
      how.toLowerCase() === 'b'
        ? Buffer.from(word, 'base64').toString('latin1')
        : word.replaceAll('_', ' ').replace(/=(..)/g, hex),
    );
  return Buffer.from(decoded, 'latin1').toString('utf8');
}

/** RFC 2045, without soft line breaks. */
function decodeQuoted(text: string): string {
  return Buffer.from(text.replace(/=([0-9A-F]{2})/g, hex), 'latin1').toString('utf8');
}

function hex(_: string, digits: string): string {
  return String.fromCharCode(Number.parseInt(digits, 16));
}
