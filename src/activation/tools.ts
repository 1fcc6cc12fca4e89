import * as vscode from 'vscode';
import type { Load } from './lazyEditor';
import { contributionsOf } from './manifest';

/** Language models may call a tool at any time: the first call loads the editor. */
export function registerTools(context: vscode.ExtensionContext, load: Load): vscode.Disposable {
  const tools = contributionsOf(context).languageModelTools.map(({ name }) => {
    const tool = async (): Promise<vscode.LanguageModelTool<unknown>> => {
      const { [name]: found } = (await load()).tools;
      if (found === undefined) throw new RangeError(`There is no tool “${name}”.`);
      return found;
    };
    return vscode.lm.registerTool<unknown>(name, {
      prepareInvocation: async (...args) => (await tool()).prepareInvocation?.(...args),
      invoke: async (...args) => (await tool()).invoke(...args),
    });
  });
  return vscode.Disposable.from(...tools);
}
