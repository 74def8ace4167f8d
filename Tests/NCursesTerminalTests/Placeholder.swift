import Testing
@testable import NCursesTerminal
