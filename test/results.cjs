'use strict';
// Mocha reporter: prints a dot (or, with `lines`, a line) a test, and writes what every test did to
// a file, because an exit code also says “passed” when a process dies or tests are not found.
//   --reporter test/results.cjs --reporter-option file=results.json
const fs = require('node:fs');
const path = require('node:path');
const Mocha = require('mocha');

/** @typedef {{ title: string, state: 'passed' | 'failed' | 'pending', ms?: number, error?: string }} TestResult */

class Results extends Mocha.reporters.Base {
  constructor(runner, options) {
    super(runner, options);
    const { file, lines } = options.reporterOptions;
    /** @type {TestResult[]} */
    const tests = [];
    const add = (sign, result) => {
      tests.push(result);
      if (lines) console.log(`${sign} ${result.title}`);
      else process.stdout.write(sign);
    };
    runner.on('pass', (test) =>
      add('.', { title: test.fullTitle(), state: 'passed', ms: test.duration ?? 0 }),
    );
    runner.on('fail', (test, error) =>
      add('!', { title: test.fullTitle(), state: 'failed', error: error.stack ?? String(error) }),
    );
    runner.on('pending', (test) => add(',', { title: test.fullTitle(), state: 'pending' }));
    runner.once('end', () => {
      this.epilogue();
      fs.mkdirSync(path.dirname(file), { recursive: true });
      // Whole or not at all: a half-written file must not count.
      fs.writeFileSync(`${file}.part`, JSON.stringify({ tests }, null, 1));
      fs.renameSync(`${file}.part`, file);
    });
  }
}

module.exports = Results;
