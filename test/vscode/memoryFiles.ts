import * as vscode from 'vscode';

/** A file system of another scheme than `file`, in memory; knows only what tests of it need. */
export class MemoryFiles implements vscode.FileSystemProvider {
  private readonly files = new Map<string, { bytes: Uint8Array; mtime: number; size: number }>();
  private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.changed.event;
  private time = 1;
  /** How often contents were read. */
  reads = 0;

  /** Puts a file there, as another program does; `size` is what it is said to have. */
  put(uri: vscode.Uri, text: string, size?: number): void {
    const bytes = new TextEncoder().encode(text);
    this.files.set(uri.path, { bytes, mtime: ++this.time, size: size ?? bytes.length });
    this.changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  /** The text of a file; undefined where there is none. */
  text(uri: vscode.Uri): string | undefined {
    const bytes = this.files.get(uri.path)?.bytes;
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    if (uri.path === '/') return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    const { mtime, size } = this.find(uri);
    return { type: vscode.FileType.File, ctime: 0, mtime, size };
  }

  readFile(uri: vscode.Uri): Uint8Array {
    this.reads++;
    return this.find(uri).bytes;
  }

  writeFile(uri: vscode.Uri, bytes: Uint8Array): void {
    this.files.set(uri.path, { bytes, mtime: ++this.time, size: bytes.length });
    this.changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [...this.files.keys()].map((name) => [name.slice(1), vscode.FileType.File]);
  }

  createDirectory(): void {
    throw vscode.FileSystemError.NoPermissions();
  }

  delete(uri: vscode.Uri): void {
    this.files.delete(uri.path);
  }

  rename(): void {
    throw vscode.FileSystemError.NoPermissions();
  }

  private find(uri: vscode.Uri) {
    const file = this.files.get(uri.path);
    if (file === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return file;
  }
}
