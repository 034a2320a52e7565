import type { Client } from '../../schemas/clients';
import { prng, seededId } from './prng';

const FIRST = [
  'María',
  'José',
  'Ana',
  'Luis',
  'Carmen',
  'Carlos',
  'Sofía',
  'Jorge',
  'Lucía',
  'Andrés',
  'Gabriela',
  'Esteban',
];
const LAST = [
  'Vargas',
  'Mora',
  'Jiménez',
  'Rojas',
  'Solano',
  'Quesada',
  'Araya',
  'Chaves',
  'Ureña',
  'Brenes',
  'Alfaro',
  'Zúñiga',
];
const COMPANIES = [
  'Soda El Higuerón',
  'Ferretería La Unión',
  'Panadería San Rafael',
  'Taller Los Robles',
  'Hotel Vista al Mar',
  'Clínica Santa Marta',
  'Escuela Las Américas',
  'Transportes del Sur',
];
const PLACES = [
  'San José, Pavas',
  'Heredia, Barva',
  'Alajuela, Grecia',
  'Cartago, Paraíso',
  'Limón, Siquirres',
  'Puntarenas, Esparza',
  'Guanacaste, Liberia',
];

/** 50 invented clients with identifications of the right form. */
export function demoClients(seed: number): Client[] {
  const next = prng(seed);
  const pick = (from: readonly string[]): string => from[Math.floor(next() * from.length)] ?? '';
  const digits = (length: number): string =>
    Array.from({ length }, () => String(Math.floor(next() * 10))).join('');
  return Array.from({ length: 50 }, (_, index) => {
    const company = index % 5 === 0;
    const name = company
      ? `${COMPANIES[(index / 5) % COMPANIES.length] ?? ''} ${index < 40 ? 'S.A.' : 'Ltda.'}`
      : `${pick(FIRST)} ${pick(LAST)} ${pick(LAST)}`;
    return {
      id: seededId(next),
      ver: 1,
      edit: seededId(next),
      pending: 0,
      name,
      identificationType: company ? '02' : '01',
      identification: company ? `3101${digits(6)}` : `${1 + Math.floor(next() * 7)}${digits(8)}`,
      email: `cliente${index + 1}@example.com`,
      phone: `${pick(['2', '8', '6', '7'])}${digits(7)}`,
      address: pick(PLACES),
      notes: '',
      active: true,
      updatedAt: '',
      editedBy: '',
    };
  });
}
