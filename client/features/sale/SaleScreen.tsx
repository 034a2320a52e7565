export default function SaleScreen() {
  return null;
}
