// A certified OpenID provider for the tests: node provider.js PORT ADDRESS_OF_THE_DASHBOARD
// Anybody may sign in under any name, and is then NAME@city.example; whoever is "mal" has not proved their address.
import Provider from 'oidc-provider';

const [port, dashboard] = process.argv.slice(2);
const issuer = `http://localhost:${port}`;

const provider = new Provider(issuer, {
  clients: [{
    client_id: 'dashboard',
    client_secret: 'a secret of the tests alone',
    redirect_uris: [`${dashboard}/oauth2callback`],
    post_logout_redirect_uris: [dashboard],
    response_types: ['code'],
    grant_types: ['authorization_code'],
  }],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
  cookies: { keys: ['of the tests alone'] },
  features: { claimsParameter: { enabled: true } },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({
      sub: id,
      name: id === 'mal' ? 'dee' : id,
      email: id === 'mal' ? 'dee@city.example' : `${id}@city.example`,
      email_verified: id !== 'mal',
    }),
  }),
});
provider.listen(Number(port), '127.0.0.1', () => console.log(`${issuer} is ready`));
