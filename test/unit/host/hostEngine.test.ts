import { HostEngine } from '../../../src/host/hostEngine';
import { describeEngine } from '../engines/engineSuite';
import { buildHost, packFolder } from './hostScript';

describeEngine('HostEngine on the native runtime', async () =>
  HostEngine.start({
    script: await buildHost(),
    model: { folder: packFolder, runtime: 'native' },
  }),
);

describeEngine('HostEngine on WebAssembly', async () =>
  HostEngine.start({ script: await buildHost(), model: { folder: packFolder, runtime: 'wasm' } }),
);
