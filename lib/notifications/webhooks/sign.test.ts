import { expect, it } from "vitest";
import { Secret } from "@/lib/secret";
import { newWebhookSecret, signatureHeaders } from "./sign";

it("signs as the example of the Standard Webhooks libraries", () => {
  const secret = Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  const signed = { id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1614265330, body: '{"test": 2432232314}' };
  expect(signatureHeaders(secret, signed)).toEqual({
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  });
});

it("makes secrets of 32 random bytes in the usual spelling", () => {
  const [one, other] = [newWebhookSecret(), newWebhookSecret()].map((secret) => secret.use((text) => text));
  expect(one).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(one).not.toBe(other);
});
