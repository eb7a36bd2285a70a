// The long ones that appear again and again in published lists of leaked passwords; short ones the minimum length refuses.
const common = new Set([
  "123456789012",
  "1234567890123",
  "12345678901234",
  "1234567890abc",
  "123123123123",
  "abcdefghijkl",
  "administrator",
  "bitbucket123",
  "changeme1234",
  "iloveyou1234",
  "letmein12345",
  "password1234",
  "password12345",
  "password123456",
  "passwordpassword",
  "qwerty123456",
  "qwertyuiop12",
  "qwertyuiop123",
  "qwertyuiopas",
  "welcome12345",
  "1q2w3e4r5t6y",
  "1qaz2wsx3edc",
  "correcthorsebatterystaple",
]);

/** True for a password that guessers try first: a well-known one in any case, or one character over and over. */
export function isCommonPassword(password: string): boolean {
  return common.has(password.toLowerCase()) || new Set(password).size === 1;
}
