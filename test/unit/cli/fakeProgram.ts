import path from 'node:path';
import { extractWith } from '../../../src/cli/commands/extract';
import { runProcess } from '../../../src/cli/runProcess';
import { FakeEngine } from './fakeEngine';
import { repository } from './testEnvironment';

// The program as a process of its own, with an engine that needs no model.
void runProcess(path.join(repository, 'dist'), [
  extractWith(() => Promise.resolve(new FakeEngine())),
]);
