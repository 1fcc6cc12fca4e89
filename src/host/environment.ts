/** Variables that a program needs to run at all; everything else is kept from the process. */
const kept = new Set([
  'PATH',
  'HOME',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
  'SYSTEMROOT',
  'WINDIR',
  'COMSPEC',
  'TEMP',
  'TMP',
  'TMPDIR',
  'LANG',
  'LC_ALL',
  'LD_LIBRARY_PATH',
]);

/**
 * Has glibc give large blocks back to the system as soon as they are freed: what a graph needs only
 * while it is loaded would otherwise stay with the process, 150 MB of it. Elsewhere without effect.
 */
const memory = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '524288',
  MALLOC_TRIM_THRESHOLD_: '524288',
};

/**
 * The environment of the encoder's process: a few variables of ours. `NODE_OPTIONS`, the editor's own
 * variables, keys and tokens stay out. Under Electron the process runs as plain Node.
 */
export function hostEnvironment(ours: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = {
    ...memory,
    ELECTRON_RUN_AS_NODE: '1',
    ORT_DISABLE_TELEMETRY: '1',
  };
  for (const [name, value] of Object.entries(ours)) {
    if (kept.has(name.toUpperCase()) && value !== undefined) environment[name] = value;
  }
  return environment;
}
