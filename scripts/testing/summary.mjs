/**
 * What a cut log still has to say: the failed tests of all suites with their errors, how long each
 * suite took, and on the last line the sums.
 */
export class Summary {
  passed = 0;
  failed = 0;
  skipped = 0;
  #failures = [];
  #times = [];
  #began = performance.now();

  /** Adds what came of a suite; returns how many of its tests failed. A failure may stand for several. */
  add({ passed, failures }, suite, seconds) {
    const before = this.failed;
    this.passed += passed;
    this.#times.push(`${suite} ${seconds.toFixed(0)} s`);
    for (const { title, error, tests } of failures) this.fail(`${suite}: ${title}`, error, tests);
    return this.failed - before;
  }

  fail(title, error = '', tests = 1) {
    this.failed += tests;
    this.#failures.push(`${title}\n${error.trim().replace(/^/gmu, '    ')}`);
  }

  get lines() {
    const all = ((performance.now() - this.#began) / 1000).toFixed(0);
    return [
      ...(this.#failures.length === 0 ? [] : ['', '── failed', ...this.#failures]),
      '',
      `── ${[...this.#times, `all in ${all} s`].join(', ')}`,
      `${this.passed} passed, ${this.failed} failed, ${this.skipped} skipped`,
    ];
  }
}
