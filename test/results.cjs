'use strict';
// Mocha reporter: prints a dot (or, with `lines`, a line) a test, and writes what every test did to
// a file, because an exit code also says “passed” when a process dies or tests are not found.
//   --reporter test/results.cjs --reporter-option file=results.json
const fs = require('node:fs');
const path = require('node:path');
const Mocha = require('mocha');

const dotsInLine = 50;

/** @typedef {{ title: string, state: 'passed' | 'failed' | 'pending', ms?: number, error?: string }} TestResult */

class Results extends Mocha.reporters.Base {
  constructor(runner, options) {
    super(runner, options);
    const { file, lines } = options.reporterOptions;
    /** @type {TestResult[]} */
    const tests = [];
    const errors = new Map();
    const add = (sign, result) => {
      tests.push(result);
      if (lines) console.log(`${sign} ${result.title}`);
      else process.stdout.write(tests.length % dotsInLine === 0 ? `${sign}\n` : sign);
    };
    runner.on('pass', (test) =>
      add('.', { title: test.fullTitle(), state: 'passed', ms: test.duration ?? 0 }),
    );
    runner.on('fail', (test, error) => {
      const result = { title: test.fullTitle(), state: 'failed' };
      errors.set(result, error);
      add('!', result);
      if (!lines) console.log(`\n  ${result.title}: ${error.message}`);
      // For those who keep what there is to see of it.
      process.emit('testFailed', result.title, error);
    });
    runner.on('pending', (test) => add(',', { title: test.fullTitle(), state: 'pending' }));
    runner.once('end', () => {
      // Only now: what is kept of a failure is named in its stack.
      for (const [result, error] of errors) result.error = error.stack ?? String(error);
      this.epilogue();
      fs.mkdirSync(path.dirname(file), { recursive: true });
      // Whole or not at all: a half-written file must not count.
      fs.writeFileSync(`${file}.part`, JSON.stringify({ tests }, null, 1));
      fs.renameSync(`${file}.part`, file);
    });
  }
}

module.exports = Results;
