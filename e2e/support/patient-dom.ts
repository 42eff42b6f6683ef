import { configure } from '@testing-library/react';

// What a component test waits for comes when the machine gets to it.
configure({ asyncUtilTimeout: 15_000 });
