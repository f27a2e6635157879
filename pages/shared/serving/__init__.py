"""How the dashboard is served: the door of our own accounts, headers, hosts, and answers for whoever runs it."""
