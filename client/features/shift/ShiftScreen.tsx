export default function ShiftScreen() {
  return null;
}
