import fc from 'fast-check';
import { histories } from './world/fuzz/history';
import { runScenario } from './world/scenario/run-scenario';
const seed = Number(process.env.SEED ?? 1), n = Number(process.env.N ?? 20);
const t0=performance.now(); let runs=0; const faults = new Map<string,number>();
try {
await fc.assert(fc.asyncProperty(histories(), async (s) => { runs++; const r = await runScenario(s);
 for (const [k,v] of r.faults) faults.set(k,(faults.get(k)??0)+v);
 const rejected = Object.entries(r.terminals).flatMap(([n,t])=>t.rejected.map(x=>[n,x]));
 if (r.violations.length || rejected.length) throw new Error(JSON.stringify(r.violations.slice(0,3)).slice(0,1500)+JSON.stringify(rejected).slice(0,800)); }), { seed, numRuns: n, endOnFailure: process.env.NOSHRINK==='1', interruptAfterTimeLimit: Number(process.env.T ?? 120000) });
} catch (e) { console.log(String((e as Error).message).slice(0,9000)); console.log(String((e as any).cause?.message).slice(0,3000)) }
console.log(runs, (performance.now()-t0)/runs, JSON.stringify([...faults]), process.memoryUsage().rss>>20);
