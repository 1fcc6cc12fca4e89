'use strict';
// Mocha reporter: prints as “dot” or “spec” does and writes what every test did to a file, because
// an exit code also says “passed” when a process dies or a file of tests is not found.
//   --reporter test/results.cjs --reporter-option file=results.json
const fs = require('node:fs');
const path = require('node:path');
const Mocha = require('mocha');

/** @typedef {{ title: string, state: 'passed' | 'failed' | 'pending', ms?: number, error?: string }} TestResult */

class Results extends Mocha.reporters.Dot {
  constructor(runner, options) {
    super(runner, options);
    /** @type {TestResult[]} */
    const tests = [];
    runner.on('pass', (test) =>
      tests.push({ title: test.fullTitle(), state: 'passed', ms: test.duration ?? 0 }),
    );
    runner.on('fail', (test, error) =>
      tests.push({ title: test.fullTitle(), state: 'failed', error: error.stack ?? String(error) }),
    );
    runner.on('pending', (test) => tests.push({ title: test.fullTitle(), state: 'pending' }));
    runner.once('end', () => {
      const { file } = options.reporterOptions;
      fs.mkdirSync(path.dirname(file), { recursive: true });
      // Whole or not at all: a half-written file must not count.
      fs.writeFileSync(`${file}.part`, JSON.stringify({ tests }, null, 1));
      fs.renameSync(`${file}.part`, file);
    });
  }
}

module.exports = Results;
