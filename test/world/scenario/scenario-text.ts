import { Document, isMap, isSeq, visit } from 'yaml';
import type { Scenario } from './schema';

/** A scenario as the text of a file, a step a line. `up`: the way from its folder to that of the schema. */
export function scenarioText(scenario: Scenario, up: string): string {
  const document = new Document(scenario);
  visit(document, {
    Map: (_key, node, path) => {
      if (path.some((above) => isSeq(above))) node.flow = true;
    },
    Seq: (_key, node) => {
      if (node.items.every((item) => !isMap(item))) node.flow = true;
    },
  });
  const schema = `${up}scenario.schema.json`;
  return `# yaml-language-server: $schema=${schema}\n${document.toString({ lineWidth: 0 })}`;
}
