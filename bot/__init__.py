"""The channels through which people talk with CityDesk: Telegram and the terminal."""
