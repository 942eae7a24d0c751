// Takes out of the installed packages what no running server reads, for the container image: sources, declarations and
// maps, and the query compilers of databases other than SQLite. Usage: node scripts/slim.mjs node_modules
import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Folders and files by their path inside `node_modules`. */
const UNUSED = [
  /^better-sqlite3\/(deps|src)$/,
  /^better-sqlite3\/build\/(?!Release(\/|$))/,
  /^better-sqlite3\/build\/Release\/(?!better_sqlite3\.node$)/,
  /^@prisma\/client\/runtime\/query_compiler_(?!fast_bg\.sqlite\.)/,
  /^@serialport\/bindings-cpp\/(prebuilds|src)$/,
  /\.(map|md|markdown|tsbuildinfo)$/,
  /\.d\.[cm]?ts$/,
];

const [root = ''] = process.argv.slice(2);
if (!root) {
  process.stderr.write('usage: node scripts/slim.mjs NODE_MODULES\n');
  process.exit(1);
}
process.stdout.write(`${(slim('') / 1e6).toFixed(1)} MB removed from ${root}\n`);

/**
 * Removes what is unused below a folder.
 * @param {string} folder relative to the root
 * @returns {number} the bytes that went
 */
function slim(folder) {
  let bytes = 0;
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    if (UNUSED.some((pattern) => pattern.test(path.replace(/^.*node_modules\//, '')))) {
      bytes += sizeOf(join(root, path));
      rmSync(join(root, path), { recursive: true });
    } else if (entry.isDirectory()) bytes += slim(path);
  }
  return bytes;
}

/**
 * @param {string} path
 * @returns {number}
 */
function sizeOf(path) {
  const status = lstatSync(path);
  if (!status.isDirectory()) return status.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}
