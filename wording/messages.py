"""Every sentence that CityDesk says of itself, by name; the English sentence is the message's id.

Use these names rather than the sentences: a changed word here changes every place. `{name}` is a placeholder.
"""

from typing import Final

GREETING: Final = (
    "Hello! I'm CityDesk. Ask me about the city, and I'll answer from what the city has published, "
    "and show you the source."
)
PRIVACY: Final = (
    "I keep our conversation on this service's own computer so that I can follow what we talk about; "
    "I pass it on to nobody else.\n"
    "For anything else, call the 1999 citizen hotline."
)
HELP: Final = (
    "Ask me in your own words. For example:\n"
    "• What are the three smart meters?\n"
    "• Which cities signed an agreement at the expo?\n"
    "• What is video 119?\n"
    "\n"
    "/start – who I am, and what I keep\n"
    "/help – this page\n"
    "/language – choose the language of my answers"
)
THANKS: Final = "You're welcome. Is there anything else you'd like to know?"
GOODBYE: Final = "Goodbye, and have a nice day!"
HUMAN: Final = "To talk to a person, please call the 1999 citizen hotline. They'll be glad to help."
EMERGENCY: Final = "In an emergency, call now:\n119 for fire and ambulance\n110 for the police\nI can't call for you."

LANGUAGE_CHOSEN: Final = "From now on I answer in {language}."
CHOOSE_LANGUAGE: Final = "Which language would you like me to answer in?"
UNKNOWN_LANGUAGE: Final = "I'm sorry, I don't speak that yet. I speak {languages}."

NO_ANSWER: Final = (
    "I found nothing about this in what the city has published, so I'd rather not guess. "
    "The 1999 citizen hotline can help. You can also ask me about:"
)
UNCERTAIN: Final = "I'm not sure what you mean. Is it one of these?"
CITY_REPORTED: Final = "The city reported on {date}:"
CITY_REPORTED_IN: Final = "The city reported on {date} (in {language}):"
CITY_REPORTED_UNDATED: Final = "The city reported:"
CITY_REPORTED_UNDATED_IN: Final = "The city reported (in {language}):"
BASED_ON_PAGE_IN: Final = "Based on a page in {language}."
ANSWER_ONLY_IN: Final = "I have an answer to this only in {language}:"
ALREADY_OVER: Final = "Please note that this is already over ({period})."
NO_LONGER_ON_OFFER: Final = (
    "This is already over ({period}); you can't take part or sign up any more. "
    "For the record, this is what it said then:"
)
NO_LONGER_VALID: Final = "This held until {date} and no longer applies. For the record, this is what it said then:"
MAY_BE_OUTDATED: Final = "This is not recent, so it may no longer apply."
SOURCE: Final = "Source: "
PUBLISHED: Final = "published {date}"
HOME_PAGE: Final = "home page of the city (the exact page is not known)"
SAMPLE: Final = "sample data"
LATEST_NEWS: Final = "The latest news from the city:"
NO_NEWS: Final = "There is no news from the city here yet."
ENTRY_GONE: Final = "I no longer have an answer on this. Please ask me in your own words."

TOO_LONG: Final = "I read only the first {count} characters."
EMPTY: Final = "Your message was empty. What would you like to know?"
NOT_TEXT: Final = "I can only read text for now. Could you write your question, please?"
UNAVAILABLE: Final = "I can't answer right now; please try again in a minute. In an emergency call 119 or 110."
OLD_BUTTON: Final = "This button no longer works. Please ask me in your own words."
TERMINAL_HELP: Final = "Type your question; an empty line or Ctrl-D ends the chat."
TERMINAL_CHOICE: Final = "Type a number to choose."

NEWS: Final = "News from the city"

COMMAND_START: Final = "Who I am, and what I keep"
COMMAND_HELP: Final = "What you can ask me"
COMMAND_LANGUAGE: Final = "Choose the language of my answers"


def all_messages() -> list[str]:
    """Every message id of this module, in the order in which they stand here."""
    return [value for name, value in globals().items() if name.isupper() and isinstance(value, str)]
