/** `authorizeRequest`, `authenticateUser`: what names the act is the act. */
const acts = /^(authori[sz]e|authenticate)([A-Z]\w*)?$/;

/** Names that guards have in the frameworks at hand. */
const exact = new Set(
  "getServerSession getServerAuthSession unstable_getServerSession currentUser getCurrentUser getCurrentSession getAuthUser getSessionUser getAuthSession authenticate authorize isAuthenticated isAuthorized isAdmin isSuperAdmin isSuperuser isStaff ensureLoggedIn isLoggedIn isSignedIn clerkMiddleware authMiddleware requireAuthentication withAuth withApiAuth withAuthorization hasRole hasAnyRole hasPermission hasPermissions checkPermission checkPermissions checkRole canAccess userCan signToken signJwt timingSafeEqual createHmac scryptSync pbkdf2 pbkdf2Sync comparePassword comparePasswords hashPassword checkPassword verifyPassword encryptPassword validateSessionToken refreshAccessToken createAccessToken generateAccessToken setAuthCookie setSessionCookie deleteSessionTokenCookie setSessionTokenCookie invalidateSession".split(
    " ",
  ),
);

const demands =
  /^(require|ensure|assert|enforce|verify|must)(Is|Be|Have|Valid)?(Auth|Admin|Session|Role|Permission|LoggedIn|Login|SignedIn|User|CurrentUser|Owner|Membership|Member|Jwt|JWT|Token|AccessToken|IdToken|Password|Csrf|Signature|Webhook|ApiKey|Access|Scope|Tenant|Superuser|SuperAdmin|Staff|TwoFactor|Otp|OTP|Mfa|MFA)\w*$/;

const questions =
  /^(with|only|check|is|has|needs|validate|can)(Auth|Authed|Authenticated|Authorized|Admin|AdminAuth|Permission|Role|LoggedIn|SignedIn|Jwt|JWT|ApiKey|Csrf|Signature|SuperAdmin)(s|User|Only|Route|Access|Handler|Middleware|Guard)?$/;

const kinds =
  /^(protected|public|admin|authed|authenticated|authorized|private|unprotected|staff|member|owner|user)(Procedure|ProcedureWith\w+|Route|Action|ActionClient|Query|Mutation)$/;

const components =
  /^(RequireAuth\w*|ProtectedRoute|PrivateRoute|AdminRoute|AuthGuard|RoleGuard|AdminGuard|SignedIn|SignedOut|Authenticated|Unauthenticated|AuthProvider|SessionProvider|withAuth\w*)$/;

const decorators =
  /^(UseGuards|Roles|Role|Permissions|RequirePermissions?|Authorized|Authorize|AllowAnonymous|Public|SkipAuth|PreAuthorize|Auth|ApiBearerAuth|CurrentUser|IsPublic|Can|CheckPolicies|CheckAbilities|UseAuth)$/;

/** Whether a name is that of a guard, wherever it comes from. */
export function isGuardName(name: string): boolean {
  return (
    exact.has(name) ||
    acts.test(name) ||
    demands.test(name) ||
    questions.test(name) ||
    kinds.test(name) ||
    /csrf|xsrf/i.test(name)
  );
}

/** Whether a property says how much somebody may do: `user.isAdmin`. */
export function isStanding(name: string): boolean {
  return /^(is|has)_?(super_?(user|admin)|admin(istrator|_?(role|access|rights))?|staff|moderator)$/i.test(
    name,
  );
}

/** Whether a component lets its children be seen by some only. */
export function isGuardComponent(name: string): boolean {
  return components.test(name);
}

/** Whether a decorator opens or closes what it stands on. */
export function isGuardDecorator(name: string): boolean {
  return decorators.test(name);
}

/** Objects whose permissions are those of a device or a browser. */
export function isDevice(root: string): boolean {
  return /^(navigator|Camera|Geolocation|Notifications?|LocalNotifications|PushNotifications|Contacts|Location|Calendar|MediaLibrary|PermissionsAndroid|Permissions|Audio|messaging|Filesystem|Microphone|ImagePicker|BarCodeScanner|BarcodeScanner|chrome|browser|Deno|Haptics|Motion|Health\w*)$/.test(
    root,
  );
}
