import type { TextTest } from '@/lib/domain/search/bound';
import { fits, hasNumber } from '@/lib/domain/search/match';

/** Whether a text that is there fits a test, by the matching rules of the search language. */
export function textTestFits(test: TextTest, text: string): boolean {
  switch (test.how) {
    case 'equal':
      return text === test.value;
    case 'prefix':
      return text.startsWith(test.value);
    case 'number':
      return hasNumber(test.digits, text);
    case 'like':
      return fits(test.pattern, text);
  }
}
