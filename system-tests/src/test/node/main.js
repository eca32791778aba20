'use strict';

/**
 * A program in which real clients live: it reads calls from its input, one JSON object a line, and answers each with a line.
 *
 * A call is {"session", "client", "options", "method", "arguments"}: the session's client is made with the options when it is first called, so that a
 * session starts with empty caches. An answer is {"value"} or {"error": {"name", "message", "status", "code"}}. Bytes are
 * {"bytes": base64} in both directions.
 */
const readline = require('node:readline');
const { confluentinc } = require('./confluentinc');
const { kafkajs } = require('./kafkajs');
const { topics } = require('./topics');

const MAKERS = { confluentinc, kafkajs, topics };
const sessions = new Map();

function revived(key, value) {
  const isBytes = value !== null && typeof value === 'object' && typeof value.bytes === 'string' && Object.keys(value).length === 1;
  return isBytes ? Buffer.from(value.bytes, 'base64') : value;
}

/** A Buffer makes itself an object before a replacer sees it; the holder still has it. */
function written(key, value) {
  const original = this[key];
  if (Buffer.isBuffer(original)) {
    return { bytes: original.toString('base64') };
  }
  return typeof original === 'bigint' ? original.toString() : value;
}

function described(error) {
  return {
    name: error.constructor.name,
    message: String(error.message),
    status: error.status ?? 0,
    code: error.errorCode ?? 0,
  };
}

async function answered({ session, client, options, method, arguments: given }) {
  if (!sessions.has(session)) {
    sessions.set(session, MAKERS[client](options));
  }
  try {
    return { value: (await sessions.get(session)[method](...given)) ?? null };
  } catch (error) {
    return { error: described(error) };
  }
}

async function main() {
  // What the libraries have to say belongs to the log, not among the answers.
  console.log = console.info = console.error;
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const answer = await answered(JSON.parse(line, revived));
    process.stdout.write(JSON.stringify(answer, written) + '\n');
  }
  process.exit(0);
}

main();
