import type * as vscode from 'vscode';
import {
  comparedText,
  siblingGroups,
  similarFrom,
  similarSiblings,
  type SimilarSiblings,
} from '../../core/labels/taxonomyFile/similarSiblings';
import type { TaxonomyFile } from '../../core/labels/taxonomyFile/taxonomyFile';
import type { EngineAccess } from '../engine/engineAccess';

/**
 * Siblings of a file that the engine in force hardly tells apart, by their label vectors. None where the
 * engine has no vectors, asks a language model, or does not run: looking at a file starts no model, and
 * what is wrong with one is said elsewhere.
 */
export async function findSimilarNames(
  file: TaxonomyFile,
  access: EngineAccess,
): Promise<SimilarSiblings[]> {
  const groups = siblingGroups(file.types);
  if (groups.length === 0 || runningModel(access) === undefined) return [];
  try {
    const engine = await access.engine();
    const texts = groups.map((group) => group.map(comparedText));
    return similarSiblings(groups, (await engine.alikeLabels?.(texts, similarFrom)) ?? []);
  } catch {
    return [];
  }
}

/** Calls when names are to be compared again: an encoder came to run, or another one. */
export function onDidChangeVectors(access: EngineAccess, listener: () => void): vscode.Disposable {
  let model = runningModel(access);
  return access.onDidChange(() => {
    const now = runningModel(access);
    if (now === model) return;
    model = now;
    if (now !== undefined) listener();
  });
}

function runningModel({ asksModels, current }: EngineAccess): string | undefined {
  const runs = current.state === 'ready' || current.state === 'busy';
  return asksModels || !runs ? undefined : current.model;
}
