import * as vscode from 'vscode';
import type { AnnotationFile } from '../../core/realign/annotationFile';
import type { AnnotationCodec, WrittenAnnotations } from './annotationCodec';
import type { AnnotationPlaces } from './annotationPlaces';
import { isForbidden, isMissing, stampOf, writeAtomically } from './atomicFile';

/** A file of annotations as it was seen last. */
export interface SeenFile {
  readonly uri: vscode.Uri;
  readonly stamp: string;
}

/** Reads and writes the files that hold documents' annotations. */
export class AnnotationFiles {
  constructor(
    private readonly places: AnnotationPlaces,
    private readonly codec: AnnotationCodec,
  ) {}

  /** The file that a document's annotations are to be saved in. */
  placeOf(document: vscode.Uri): Promise<vscode.Uri> {
    return this.places.of(document);
  }

  /** The file that holds a document's annotations now, with its bytes: the first of several places. */
  async find(
    document: vscode.Uri,
  ): Promise<(SeenFile & { readonly bytes: Uint8Array }) | undefined> {
    for (const uri of await this.places.candidates(document)) {
      const stamp = await stampOf(uri).catch(() => undefined);
      if (stamp === undefined) continue;
      return { uri, stamp, bytes: await vscode.workspace.fs.readFile(uri) };
    }
    return undefined;
  }

  /** The annotations of a file's bytes, placed in a text. */
  read(bytes: Uint8Array, text: string): Promise<AnnotationFile> {
    return this.codec.read({ bytes, text });
  }

  /** Writes annotations where they are to be saved, or into the storage where that is forbidden. */
  async write(document: vscode.Uri, params: WrittenAnnotations): Promise<SeenFile> {
    const bytes = await this.codec.write(params);
    const uri = await this.places.of(document);
    try {
      return { uri, stamp: await writeAtomically(uri, [bytes]) };
    } catch (error) {
      if (!isForbidden(error)) throw error;
      const stored = this.places.inStorage(document);
      return { uri: stored, stamp: await writeAtomically(stored, [bytes]) };
    }
  }

  /** Removes a file if it is there. */
  async remove(uri: vscode.Uri): Promise<void> {
    try {
      await vscode.workspace.fs.delete(uri);
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }

  /** Removes the storage's file of a document whose annotations are saved elsewhere now. */
  async removeStored(document: vscode.Uri, saved: SeenFile | undefined): Promise<void> {
    const stored = this.places.inStorage(document);
    if (saved?.uri.toString() !== stored.toString()) await this.remove(stored);
  }
}
