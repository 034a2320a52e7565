import type { Product, TaxCode, Unit } from '../../schemas/products';
import { gtinCheckDigit } from '../../shared/fiscal/gtin';
import { prng, seededId } from './prng';

/** A family of groceries: what it is called, in which kinds and sizes, and what the cheapest costs in colones. */
interface Family {
  name: string;
  kinds: readonly string[];
  sizes: readonly (readonly [label: string, factor: number])[];
  price: number;
  tax: TaxCode;
  cabys: string;
  unit?: Unit;
}

const GRAMS = [
  ['250 g', 1],
  ['500 g', 1.9],
  ['1 kg', 3.6],
] as const;
const LITRES = [
  ['350 ml', 1],
  ['600 ml', 1.5],
  ['1,5 L', 2.6],
  ['2,5 L', 3.7],
] as const;
const ONE = [['', 1]] as const;

const FAMILIES: readonly Family[] = [
  {
    name: 'Café molido',
    kinds: ['tueste claro', 'tueste medio', 'tueste oscuro', 'descafeinado', 'orgánico'],
    sizes: GRAMS,
    price: 1650,
    tax: 'iva1',
    cabys: '2391101000100',
  },
  {
    name: 'Arroz',
    kinds: ['80 % grano entero', '95 % grano entero', 'integral', 'precocido', 'jazmín'],
    sizes: [
      ['1 kg', 1],
      ['2 kg', 1.95],
      ['5 kg', 4.7],
    ],
    price: 890,
    tax: 'iva1',
    cabys: '2316101010100',
  },
  {
    name: 'Frijoles',
    kinds: ['negros', 'rojos', 'blancos', 'tiernos'],
    sizes: [
      ['400 g', 1],
      ['800 g', 1.9],
      ['1,8 kg', 4],
    ],
    price: 780,
    tax: 'iva1',
    cabys: '0170101000100',
  },
  {
    name: 'Azúcar',
    kinds: ['blanca', 'morena', 'pulverizada'],
    sizes: GRAMS,
    price: 420,
    tax: 'iva1',
    cabys: '2352000000100',
  },
  {
    name: 'Aceite',
    kinds: ['de soya', 'de girasol', 'de palma', 'de maíz', 'de oliva'],
    sizes: [
      ['500 ml', 1],
      ['1 L', 1.9],
      ['3 L', 5.4],
    ],
    price: 1150,
    tax: 'iva1',
    cabys: '2165301000100',
  },
  {
    name: 'Leche',
    kinds: ['entera', 'semidescremada', 'descremada', 'deslactosada', 'con chocolate'],
    sizes: [
      ['250 ml', 1],
      ['1 L', 2.4],
      ['1,8 L', 4.1],
    ],
    price: 390,
    tax: 'iva1',
    cabys: '2211000000100',
  },
  {
    name: 'Natilla',
    kinds: ['tradicional', 'liviana', 'casera'],
    sizes: [
      ['200 g', 1],
      ['450 g', 2],
      ['850 g', 3.6],
    ],
    price: 720,
    tax: 'iva13',
    cabys: '2219101000100',
  },
  {
    name: 'Queso',
    kinds: ['Turrialba', 'palmito', 'mozzarella', 'procesado', 'ahumado'],
    sizes: [
      ['200 g', 1],
      ['400 g', 1.9],
      ['800 g', 3.6],
    ],
    price: 1450,
    tax: 'iva13',
    cabys: '2225101000100',
  },
  {
    name: 'Refresco',
    kinds: ['de cola', 'de uva', 'de naranja', 'de limón', 'de toronja', 'de jengibre'],
    sizes: LITRES,
    price: 690,
    tax: 'iva13',
    cabys: '2449003000100',
  },
  {
    name: 'Jugo',
    kinds: ['de naranja', 'de manzana', 'de mora', 'de guanábana', 'de maracuyá', 'mixto'],
    sizes: [
      ['200 ml', 1],
      ['500 ml', 2.1],
      ['1 L', 3.7],
    ],
    price: 420,
    tax: 'iva13',
    cabys: '2143999000100',
  },
  {
    name: 'Agua',
    kinds: ['sin gas', 'con gas', 'saborizada'],
    sizes: LITRES,
    price: 520,
    tax: 'iva13',
    cabys: '2441000000100',
  },
  {
    name: 'Galletas',
    kinds: ['de vainilla', 'de chocolate', 'de avena', 'saladas', 'integrales', 'de coco'],
    sizes: [
      ['paquete', 1],
      ['caja 6 u', 5.2],
      ['caja 12 u', 9.6],
    ],
    price: 310,
    tax: 'iva13',
    cabys: '2341001000100',
  },
  {
    name: 'Pan',
    kinds: [
      'cuadrado blanco',
      'cuadrado integral',
      'de hamburguesa',
      'de perro caliente',
      'baguette',
      'dulce',
    ],
    sizes: [
      ['mediano', 1],
      ['grande', 1.7],
    ],
    price: 1100,
    tax: 'iva1',
    cabys: '2349001000100',
  },
  {
    name: 'Pasta',
    kinds: ['espagueti', 'caracolitos', 'plumas', 'canelones', 'fideos', 'lasaña'],
    sizes: [
      ['250 g', 1],
      ['500 g', 1.8],
    ],
    price: 480,
    tax: 'iva1',
    cabys: '2371000000100',
  },
  {
    name: 'Atún',
    kinds: ['en aceite', 'en agua', 'con vegetales', 'con jalapeño'],
    sizes: [
      ['105 g', 1],
      ['140 g', 1.3],
      ['pack 4 u', 3.8],
    ],
    price: 890,
    tax: 'iva1',
    cabys: '2124203000100',
  },
  {
    name: 'Salsa',
    kinds: ['de tomate', 'inglesa', 'de chile', 'barbacoa', 'tártara', 'de soya'],
    sizes: [
      ['150 g', 1],
      ['400 g', 2.2],
      ['900 g', 4.1],
    ],
    price: 610,
    tax: 'iva13',
    cabys: '2399501000100',
  },
  {
    name: 'Detergente',
    kinds: ['floral', 'limón', 'ropa oscura', 'ropa blanca'],
    sizes: [
      ['500 g', 1],
      ['1 kg', 1.9],
      ['3 kg', 5.2],
    ],
    price: 950,
    tax: 'iva13',
    cabys: '3532201000100',
  },
  {
    name: 'Jabón',
    kinds: ['de tocador', 'de avena', 'antibacterial', 'azul de lavar'],
    sizes: [
      ['110 g', 1],
      ['pack 3 u', 2.7],
    ],
    price: 480,
    tax: 'iva13',
    cabys: '3532101000100',
  },
  {
    name: 'Papel higiénico',
    kinds: ['doble hoja', 'triple hoja', 'económico'],
    sizes: [
      ['4 rollos', 1],
      ['12 rollos', 2.8],
      ['24 rollos', 5.3],
    ],
    price: 1390,
    tax: 'iva13',
    cabys: '3219301000100',
  },
  {
    name: 'Cerveza',
    kinds: ['rubia', 'oscura', 'liviana', 'artesanal'],
    sizes: [
      ['lata 350 ml', 1],
      ['six pack', 5.7],
      ['botella 1 L', 2.4],
    ],
    price: 890,
    tax: 'iva13',
    cabys: '2431000000100',
  },
  {
    name: 'Chocolate',
    kinds: ['con leche', 'amargo', 'con maní', 'con almendras', 'blanco'],
    sizes: [
      ['30 g', 1],
      ['100 g', 2.9],
      ['200 g', 5.3],
    ],
    price: 450,
    tax: 'iva13',
    cabys: '2366001000100',
  },
  {
    name: 'Snack',
    kinds: [
      'papas naturales',
      'papas con limón',
      'yuca',
      'plátano maduro',
      'plátano verde',
      'maní salado',
      'mezcla',
    ],
    sizes: [
      ['45 g', 1],
      ['150 g', 2.7],
      ['300 g', 4.9],
    ],
    price: 520,
    tax: 'iva13',
    cabys: '2139901000100',
  },
  {
    name: 'Huevos',
    kinds: ['rojos', 'blancos', 'de campo'],
    sizes: [
      ['6 u', 1],
      ['15 u', 2.3],
      ['30 u', 4.4],
    ],
    price: 760,
    tax: 'iva1',
    cabys: '0231000000100',
  },
  {
    name: 'Sal',
    kinds: ['fina', 'gruesa', 'marina'],
    sizes: GRAMS,
    price: 190,
    tax: 'iva1',
    cabys: '1620001000100',
  },
  {
    name: 'Harina',
    kinds: ['de trigo', 'de maíz', 'leudante', 'integral'],
    sizes: [
      ['500 g', 1],
      ['1 kg', 1.8],
      ['2,5 kg', 4.1],
    ],
    price: 560,
    tax: 'iva1',
    cabys: '2311001000100',
  },
  {
    name: 'Té',
    kinds: ['manzanilla', 'negro', 'verde', 'menta', 'frutos rojos'],
    sizes: [
      ['10 sobres', 1],
      ['25 sobres', 2.2],
    ],
    price: 790,
    tax: 'iva13',
    cabys: '2391401000100',
  },
  {
    name: 'Champú',
    kinds: ['cabello seco', 'cabello graso', 'anticaspa', 'niños', 'sábila'],
    sizes: [
      ['200 ml', 1],
      ['400 ml', 1.8],
      ['750 ml', 3],
    ],
    price: 1850,
    tax: 'iva13',
    cabys: '3532301000100',
  },
  {
    name: 'Pasta dental',
    kinds: ['menta', 'blanqueadora', 'encías', 'niños'],
    sizes: [
      ['75 ml', 1],
      ['150 ml', 1.8],
    ],
    price: 980,
    tax: 'iva13',
    cabys: '3532302000100',
  },
  {
    name: 'Cloro',
    kinds: ['regular', 'con aroma', 'gel'],
    sizes: [
      ['500 ml', 1],
      ['1 L', 1.7],
      ['3,8 L', 5.5],
    ],
    price: 520,
    tax: 'iva13',
    cabys: '3532203000100',
  },
  {
    name: 'Helado',
    kinds: ['vainilla', 'chocolate', 'fresa', 'ron con pasas', 'coco'],
    sizes: [
      ['vaso', 1],
      ['1 L', 4.2],
      ['2 L', 7.6],
    ],
    price: 650,
    tax: 'iva13',
    cabys: '2227001000100',
  },
  {
    name: 'Tomate',
    kinds: [''],
    sizes: ONE,
    price: 1290,
    tax: 'iva1',
    cabys: '0123401000100',
    unit: 'kg',
  },
  {
    name: 'Cebolla',
    kinds: ['blanca', 'morada'],
    sizes: ONE,
    price: 1150,
    tax: 'iva1',
    cabys: '0125301000100',
    unit: 'kg',
  },
  {
    name: 'Papa',
    kinds: ['blanca', 'amarilla'],
    sizes: ONE,
    price: 980,
    tax: 'iva1',
    cabys: '0151001000100',
    unit: 'kg',
  },
  {
    name: 'Banano',
    kinds: [''],
    sizes: ONE,
    price: 640,
    tax: 'iva1',
    cabys: '0131201000100',
    unit: 'kg',
  },
  {
    name: 'Manzana',
    kinds: ['roja', 'verde'],
    sizes: ONE,
    price: 2350,
    tax: 'iva13',
    cabys: '0134101000100',
    unit: 'kg',
  },
  {
    name: 'Carne molida',
    kinds: ['corriente', 'especial'],
    sizes: ONE,
    price: 3950,
    tax: 'iva1',
    cabys: '2111101000100',
    unit: 'kg',
  },
  {
    name: 'Pollo',
    kinds: ['entero', 'pechuga', 'muslo'],
    sizes: ONE,
    price: 2690,
    tax: 'iva1',
    cabys: '2112101000100',
    unit: 'kg',
  },
];

const SERVICES = [
  { description: 'Recarga telefónica ₡1 000', price: 88_496, tax: 'iva13' },
  { description: 'Entrega a domicilio', price: 132_743, tax: 'iva13' },
  { description: 'Fotocopia', price: 4_425, tax: 'iva13' },
] as const satisfies readonly { description: string; price: number; tax: TaxCode }[];

const BLANK = { ver: 1, pending: 0, notes: '', active: true, updatedAt: '', editedBy: '' } as const;

/** About 500 plausible groceries with valid GTINs; the same ones each time. CABYS codes are illustrative. */
export function demoProducts(seed: number): Product[] {
  const next = prng(seed);
  const products: Product[] = [];
  for (const family of FAMILIES) {
    for (const kind of family.kinds) {
      for (const [size, factor] of family.sizes) {
        const number = products.length + 1;
        const body = `7441${String(10_000_000 + number * 17).slice(0, 8)}`;
        /* Colones end in 0 or 5 on the shelf; the price before tax is what is kept, in céntimos. */
        const shelf = Math.round((family.price * factor * (0.92 + next() * 0.2)) / 5) * 5;
        products.push({
          ...BLANK,
          id: seededId(next),
          edit: seededId(next),
          code: `P${String(number).padStart(4, '0')}`,
          barcode: family.unit === 'kg' ? '' : `${body}${gtinCheckDigit(body)}`,
          description: [family.name, kind, size].filter(Boolean).join(' '),
          cabys: family.cabys,
          unit: family.unit ?? 'Unid',
          price: shelf * 100,
          taxCode: family.tax,
          stocked: true,
        });
      }
    }
  }
  for (const [index, { description, price, tax }] of SERVICES.entries()) {
    products.push({
      ...BLANK,
      id: seededId(next),
      edit: seededId(next),
      code: `S${String(index + 1).padStart(3, '0')}`,
      barcode: '',
      description,
      cabys: '8413001000100',
      unit: 'Sp',
      price,
      taxCode: tax,
      stocked: false,
    });
  }
  return products;
}
