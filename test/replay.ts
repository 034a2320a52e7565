import { readFileSync } from 'node:fs';
import { runScenario } from './world/scenario/run-scenario';
const s = JSON.parse(readFileSync(process.argv[2]!, 'utf8'));
const r = await runScenario(s);
for (const v of r.violations.slice(0,6)) { const e:any=v.expected, a:any=v.actual; const diff = e && a && typeof e==='object' ? Object.keys({...e,...a}).filter(k=>JSON.stringify(e[k])!==JSON.stringify(a[k])).map(k=>[k,e[k],a[k]]) : [e,a]; console.log(v.invariant, v.where, v.message, JSON.stringify(v.document), JSON.stringify(diff).slice(0,600)); }
if (process.env.TR) for (const e of r.trace.slice(-Number(process.env.TR))) console.log((e.at/1000).toFixed(3), e.who, e.what, JSON.stringify(e.details).slice(0,260));
console.log(r.outcomes.join(' '));
