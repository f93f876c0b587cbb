// Checks a static tree directory with Node's own crypto (Ed25519, SHA-256) and
// @noble/post-quantum (ML-DSA-44): both signatures, and the root over the entries.
//
//   node verify.mjs DIRECTORY CLAIMS.json VKEY-0x01 VKEY-0x06
//
// It shares no code with the ledger; the proofs in CLAIMS.json are left to the Go verifier.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ml_dsa44 } from '@noble/post-quantum/ml-dsa.js';

const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();
const expect = (holds, sentence) => {
  if (!holds) throw new Error(sentence);
};
const u64 = (number) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(number));
  return bytes;
};
const prefixed = (text) => Buffer.concat([Buffer.from([Buffer.byteLength(text)]), Buffer.from(text)]);

function parseVkey(text, type) {
  const [name, id, ...rest] = text.split('+');
  const key = Buffer.from(rest.join('+'), 'base64');
  expect(key[0] === type, `expected a vkey of type ${type}, got ${key[0]}`);
  expect(sha256(Buffer.from(`${name}\n`), key).subarray(0, 4).toString('hex') === id, `key id ${id} does not fit`);
  return { name, id, raw: key.subarray(1) };
}

function signatureOf(lines, { name, id }) {
  const found = lines
    .map((line) => line.split(' '))
    .map(([dash, signer, data]) => ({ dash, signer, bytes: Buffer.from(data, 'base64') }))
    .filter(({ dash, signer, bytes }) => dash === '\u2014' && signer === name && bytes.subarray(0, 4).toString('hex') === id);
  expect(found.length === 1, `expected one signature of ${name} ${id}, got ${found.length}`);
  return found[0].bytes.subarray(4);
}

function* tileNumbers(size) {
  for (let number = 0; number * 256 < size; number++) {
    const width = Math.min(256, size - number * 256);
    const digits = String(number).padStart(Math.ceil(String(number).length / 3) * 3, '0');
    const groups = digits.match(/.{3}/g);
    const path = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/');
    yield { path: width === 256 ? path : `${path}.p/${width}`, width };
  }
}

function* leaves(directory, size) {
  for (const { path, width } of tileNumbers(size)) {
    const bundle = readFileSync(join(directory, 'tile', 'entries', path));
    const tile = readFileSync(join(directory, 'tile', '0', path));
    expect(tile.length === width * 32, `tile/0/${path} has ${tile.length} bytes`);
    let at = 0;
    for (let row = 0; row < width; row++) {
      const end = at + 2 + bundle.readUInt16BE(at);
      expect(end <= bundle.length, `tile/entries/${path} ends inside an entry`);
      const leaf = sha256(Buffer.from([0]), bundle.subarray(at + 2, end));
      expect(leaf.equals(tile.subarray(row * 32, row * 32 + 32)), `tile/0/${path} differs from its entries`);
      yield leaf;
      at = end;
    }
    expect(at === bundle.length, `tile/entries/${path} has bytes too many`);
  }
}

function rootOf(hashes) {
  if (hashes.length === 0) return sha256();
  if (hashes.length === 1) return hashes[0];
  let split = 1;
  while (split * 2 < hashes.length) split *= 2;
  return sha256(Buffer.from([1]), rootOf(hashes.slice(0, split)), rootOf(hashes.slice(split)));
}

function main([directory, , firstText, secondText]) {
  const first = parseVkey(firstText, 1);
  const second = parseVkey(secondText, 6);
  const note = readFileSync(join(directory, 'checkpoint'), 'utf8');
  const at = note.lastIndexOf('\n\n');
  const text = note.slice(0, at + 1);
  const lines = note.slice(at + 2, -1).split('\n');
  const [origin, size, root] = text.split('\n');
  expect(origin === first.name && origin === second.name, 'the origin is not the name of the keys');

  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), first.raw]);
  const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  expect(verify(null, Buffer.from(text), key, signatureOf(lines, first)), 'the Ed25519 signature does not verify');

  const stamped = signatureOf(lines, second);
  const rootBytes = Buffer.from(root, 'base64');
  const message = Buffer.concat([
    Buffer.from('subtree/v1\n\0'),
    prefixed(second.name),
    stamped.subarray(0, 8),
    prefixed(origin),
    u64(0),
    u64(size),
    rootBytes,
  ]);
  expect(ml_dsa44.verify(stamped.subarray(8), message, second.raw), 'the ML-DSA-44 signature does not verify');
  expect(rootOf([...leaves(directory, Number(size))]).equals(rootBytes), 'the entries do not hash to the root');
  console.log(`${origin}: ${size} entries and both signatures verified`);
}

try {
  main(process.argv.slice(2));
} catch (error) {
  console.error(`verify: ${error.message}`);
  process.exit(1);
}
