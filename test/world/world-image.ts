import type { Profile } from './world-terminal';

/** What a world begins with: the server's files, and the profile of each terminal. */
export interface WorldImage {
  storeId: string;
  files: ReadonlyMap<string, Buffer>;
  profiles: ReadonlyMap<string, Profile>;
}

/** Of each image some 300 KB; the oldest goes first. */
const KEPT = 100;
const images = new Map<string, Promise<WorldImage>>();

/** The image of a beginning, built once a process: enrolling terminals is a third of a short history's work. */
export function worldImage(key: string, build: () => Promise<WorldImage>): Promise<WorldImage> {
  const known = images.get(key);
  if (known !== undefined) return known;
  const built = build();
  images.set(key, built);
  const [oldest] = images.keys();
  if (images.size > KEPT && oldest !== undefined) images.delete(oldest);
  return built;
}
