/* Made by the build: see vite.config.ts. */

declare module 'virtual:terminal-code' {
  import type { RealmCode } from '../world/terminal/realm-code';
  export const realmCode: RealmCode;
}

declare module 'virtual:scenarios' {
  import type { ScenarioEntry } from './run/scenario-entry';
  export const scenarios: readonly ScenarioEntry[];
}

declare module '*.wasm?url' {
  const url: string;
  export default url;
}
