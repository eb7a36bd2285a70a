const base = 36;
const lowestThreshold = 1;
const highestThreshold = 26;
const skew = 38;
const damp = 700;
const initialBias = 72;
const initialCode = 128;

/**
 * The Unicode spelling of a host name with `xn--` labels (RFC 3492); labels that do not decode stay unchanged. For
 * display only: the network uses the `xn--` spelling. Pure, browser-safe.
 */
export function spellOutHost(hostname: string): string {
  return hostname
    .split(".")
    .map((label) => (/^xn--/i.test(label) ? (decodeLabel(label.slice(4)) ?? label) : label))
    .join(".");
}

function decodeLabel(encoded: string): string | null {
  const delimiter = encoded.lastIndexOf("-");
  const points = [...encoded.slice(0, Math.max(delimiter, 0))].map((one) => one.codePointAt(0) ?? 0);
  const digits = encoded.slice(delimiter + 1);
  let code = initialCode;
  let index = 0;
  let bias = initialBias;
  for (let at = 0; at < digits.length; ) {
    const step = readNumber(digits, at, bias);
    if (step === null) return null;
    const count = points.length + 1;
    bias = adaptBias(step.value, count, index === 0 && code === initialCode);
    const position = index + step.value;
    code += Math.floor(position / count);
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return null;
    points.splice(position % count, 0, code);
    index = (position % count) + 1;
    at = step.next;
  }
  return points.length === 0 ? null : String.fromCodePoint(...points);
}

/** One variable-length integer of RFC 3492, section 3.3. */
function readNumber(digits: string, start: number, bias: number): { value: number; next: number } | null {
  let value = 0;
  let weight = 1;
  for (let at = start, k = base; at < digits.length; at++, k += base) {
    const digit = digitOf(digits.charCodeAt(at));
    if (digit === null) return null;
    value += digit * weight;
    if (value > 0x7fffffff) return null;
    const threshold = Math.min(Math.max(k - bias, lowestThreshold), highestThreshold);
    if (digit < threshold) return { value, next: at + 1 };
    weight *= base - threshold;
  }
  return null;
}

function digitOf(code: number): number | null {
  if (code >= 48 && code <= 57) return code - 48 + 26;
  const lower = code | 32;
  return lower >= 97 && lower <= 122 ? lower - 97 : null;
}

/** RFC 3492, section 6.1. */
function adaptBias(delta: number, count: number, isFirst: boolean): number {
  let rest = Math.floor(delta / (isFirst ? damp : 2));
  rest += Math.floor(rest / count);
  let k = 0;
  for (; rest > ((base - lowestThreshold) * highestThreshold) / 2; k += base) {
    rest = Math.floor(rest / (base - lowestThreshold));
  }
  return k + Math.floor(((base - lowestThreshold + 1) * rest) / (rest + skew));
}
