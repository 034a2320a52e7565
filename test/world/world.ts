import { makeCode } from '../../server/auth/enrolment';
import { addUser } from '../../server/auth/users';
import type { StoredDocument } from '../../server/store/port';
import { FaultCounts } from './faults';
import { Line, type Observer } from './network';
import { createRandom } from './random';
import { Scheduler } from './scheduler';
import type { Operation } from './terminal/operations';
import { Trace } from './trace';
import { WorldServer } from './world-server';
import { type Asked, WorldTerminal } from './world-terminal';

export type WorldRole = 'owner' | 'supervisor' | 'cashier';

export interface WorldSpec {
  seed: number;
  products: readonly { id: string; code: string; price: number; opening: number }[];
  clients: readonly { id: string; name: string }[];
  users: readonly { userName: string; role: WorldRole }[];
  terminals: readonly { name: string; userName: string; skewMs: number }[];
}

/** What watches a world: it is told everything, and changes nothing. */
export interface Watcher extends Observer {
  outcome?(terminal: string, asked: Asked): void;
}

/** 2026-03-02T14:00:00Z: the first moment of every world. */
export const WORLD_START = Date.UTC(2026, 2, 2, 14);

export const passwordOf = (userName: string): string => `clave-de-${userName}`;

const PROFILE = {
  name: 'Sucursal simulada',
  legalName: 'Sucursal simulada S.A.',
  issuerId: '3101654321',
  address: '',
  phone: '',
  email: '',
  branch: '001',
  currency: 'CRC',
  fiscalDeadlineHours: 72,
  maxDiscount: 1000,
  timeZone: 'America/Costa_Rica',
};

/** A server, terminals and a network between them, under one virtual clock. */
export class World {
  readonly scheduler = new Scheduler(WORLD_START);
  readonly trace = new Trace(() => this.scheduler.now - WORLD_START);
  readonly faults = new FaultCounts();
  readonly server: WorldServer;
  readonly terminals = new Map<string, WorldTerminal>();
  storeId = '';
  readonly #watchers: Watcher[];

  private constructor(
    readonly spec: WorldSpec,
    watchers: readonly Watcher[],
  ) {
    this.#watchers = [...watchers];
    this.server = new WorldServer({
      scheduler: this.scheduler,
      random: createRandom(spec.seed, 'server'),
      trace: this.trace,
      faults: this.faults,
    });
  }

  /** Builds the store, and enrols and logs in every terminal, before anything can go wrong. */
  static async create(spec: WorldSpec, watchers: readonly Watcher[] = []): Promise<World> {
    const world = new World(spec, watchers);
    await world.server.start();
    await world.#seed();
    for (const terminal of spec.terminals) await world.addTerminal(terminal);
    return world;
  }

  terminal(name: string): WorldTerminal {
    const terminal = this.terminals.get(name);
    if (terminal === undefined) throw new Error(`there is no terminal ${name}`);
    return terminal;
  }

  /** A new terminal: enrolled with a code of its own, logged in, its three syncs done. */
  async addTerminal({ name, userName, skewMs }: WorldSpec['terminals'][number]): Promise<void> {
    const terminal = this.#make(name, skewMs);
    await terminal.start();
    const { code } = await makeCode(this.server.context, { storeId: this.storeId, actor: 'world' });
    await this.mustDo(terminal, { op: 'enrol', code, name });
    await this.mustDo(terminal, { op: 'login', userName, password: passwordOf(userName) });
  }

  /** A terminal that starts from the profile of another (F13). */
  async copyProfile(from: string, name: string): Promise<WorldTerminal> {
    const terminal = this.#make(name, this.terminal(from).skew);
    terminal.disk.restore(this.terminal(from).disk.image());
    await terminal.start();
    return terminal;
  }

  /** Asks a terminal for something and lets time run until it is done, `limitMs` at most; null where it is not. */
  async do(
    terminal: WorldTerminal,
    operation: Operation,
    limitMs = 10 * 60_000,
  ): Promise<Asked['outcome']> {
    const asked = terminal.ask(operation);
    await this.scheduler.run(() => asked.outcome !== null, this.scheduler.now + limitMs);
    return asked.outcome;
  }

  /** The same, where anything but success is a defect of the world. */
  async mustDo(terminal: WorldTerminal, operation: Operation): Promise<void> {
    const outcome = await this.do(terminal, operation);
    if (outcome === null || outcome === 'crashed' || !outcome.ok) {
      throw new Error(`${terminal.name}: ${operation.op} -> ${JSON.stringify(outcome)}`);
    }
  }

  /** Time stands still for good; the data are removed. */
  async close(): Promise<void> {
    for (const terminal of this.terminals.values()) terminal.crash('closes');
    this.terminals.clear();
    this.scheduler.clear();
    await this.server.close();
  }

  #make(name: string, skew: number): WorldTerminal {
    const { scheduler, trace, faults, spec } = this;
    const observer: Observer = {
      arrived: (...given) => {
        for (const watcher of this.#watchers) watcher.arrived?.(...given);
      },
      delivered: (...given) => {
        for (const watcher of this.#watchers) watcher.delivered?.(...given);
      },
    };
    const line = new Line(name, {
      scheduler,
      random: createRandom(spec.seed, `line:${name}`),
      trace,
      faults,
      server: this.server,
      observer,
    });
    const terminal = new WorldTerminal(name, line, {
      scheduler,
      random: (stream) => createRandom(spec.seed, stream),
      trace,
      faults,
      onOutcome: (who, asked) => {
        for (const watcher of this.#watchers) watcher.outcome?.(who, asked);
      },
      skew,
    });
    this.terminals.set(name, terminal);
    return terminal;
  }

  async #seed(): Promise<void> {
    const { store, ports } = this.server.context;
    const random = createRandom(this.spec.seed, 'seed');
    const id = random.id();
    this.storeId = id;
    await store.addStore({ id, epoch: random.id(), profile: { id, ...PROFILE }, demo: true });
    const common = { ver: 1, pending: 0, notes: '', active: true, updatedAt: '', editedBy: '' };
    const stored = (document: Record<string, unknown> & { id: string }): StoredDocument => {
      const edit = random.id();
      return { id: document.id, ver: 1, edit, json: JSON.stringify({ ...document, edit }) };
    };
    await store.transaction(id, async (scope) => {
      await scope.documents.write(
        'clients',
        this.spec.clients.map((client) =>
          stored({
            ...common,
            ...client,
            identificationType: '',
            identification: '',
            email: '',
            phone: '',
            address: '',
          }),
        ),
      );
      await scope.documents.write(
        'products',
        this.spec.products.map(({ opening, ...product }) =>
          stored({
            ...common,
            ...product,
            barcode: '',
            description: `Producto ${product.code}`,
            cabys: '',
            unit: 'Unid',
            taxCode: 'iva13',
            stocked: true,
          }),
        ),
      );
      await scope.ledger.addMoves(
        this.spec.products.map(({ id: productId, opening }) => ({
          sourceId: random.id(),
          source: 'opening',
          productId,
          quantity: opening,
        })),
      );
      await scope.documents.write(
        'stock',
        this.spec.products.map(({ id: productId, opening }) =>
          stored({ id: productId, ver: 1, pending: 0, onHand: opening, seen: [] }),
        ),
      );
      for (const { userName, role } of this.spec.users) {
        await addUser(scope, ports, {
          id: random.id(),
          userName,
          displayName: userName,
          role,
          password: passwordOf(userName),
        });
      }
    });
  }
}
