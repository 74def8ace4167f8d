import Testing
@testable import DebuggerUI
