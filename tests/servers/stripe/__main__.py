from tests.servers.stripe.site import StripeSite
from tests.servers.web_server import serve

serve(StripeSite())
