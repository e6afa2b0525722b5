from tests.servers.paypal.site import PayPalSite
from tests.servers.web_server import serve

serve(PayPalSite())
