
# nginx between two ends that the test plays itself, byte by byte: what it sends
# as the backend, and what it has then got as the client.  Nothing waits for a
# time to pass, but for bytes to arrive; what does not arrive fails.

package ConsentHttp;

use strict;
use warnings;

use Cwd qw(getcwd);
use Exporter qw(import);
use File::Path qw(make_path);
use File::Temp qw(tempdir);
use IO::Select;
use IO::Socket::INET;
use Socket qw(SOL_SOCKET SO_RCVBUF SHUT_WR);

use ConsentTable;

our @EXPORT = qw($Timeout $Sent $Page root begin backend client ask get
                 answer took gone silent response body header names
                 curl logged refused accepted choice);

# seconds until what should have come counts as lost
our $Timeout = $ENV{CONSENT_TIMEOUT} // 15;

# a page, and what is left of it for who has chosen nothing
our $Sent = '<p>x</p><img src="//ads.test/p">';
our $Page = '<p>x</p><img data-consent="advertising" '
            . 'data-consent-src="//ads.test/p">';

my ($Dir, $Pid, $Port, $Listen, $Nginx);

$SIG{PIPE} = 'IGNORE';


# The port of nginx, which runs until the test ends.  In the configuration
# PORT, BACKEND and ROOT stand for what they are.

sub begin {
    my (%it) = @_;

    $Nginx = $ENV{TEST_NGINX_BINARY} // '/usr/sbin/nginx';
    my @modules = @{$it{modules} // [modules()]};

    # as Test::Nginx does: what is left in this folder can be looked at

    $Dir = tempdir("servroot_XXXXXX", DIR => getcwd() . "/t", CLEANUP => 1);
    chmod 0755, $Dir;
    make_path(map("$Dir/$_", qw(logs html conf temp)));

    while (my ($name, $text) = each %{$it{files} // {}}) {
        put("$Dir/html/$name", $text);
    }

    $Listen = IO::Socket::INET->new(LocalAddr => '127.0.0.1', Listen => 32)
        or die "cannot listen: $!";

    for my $try (1 .. 10) {
        $Port = free_port();
        put("$Dir/conf/nginx.conf", configuration(\@modules, %it));

        return $Port if start();
    }

    die "nginx does not start:\n" . logged();
}


sub modules { return split ' ', $ENV{TEST_NGINX_LOAD_MODULES} // '' }


sub configuration {
    my ($modules, %it) = @_;

    my $load = join '', map("load_module $_;\n", @$modules);
    my $temp = join '', map("${_}_temp_path $Dir/temp/$_;\n",
                            qw(client_body proxy fastcgi uwsgi scgi));
    my $main = $it{main} // '';
    my $http = $it{http} // '';
    my $root = $it{user} // (getpwuid($>))[0];
    my $h2 = $it{listen} // '';

    my $text = <<"END";
$load
user $root;
daemon off;
worker_processes 1;
error_log $Dir/logs/error.log info;
pid $Dir/logs/nginx.pid;
$main
events { worker_connections 256; }
http {
    $temp
    access_log off;
    default_type text/html;
    keepalive_timeout 60s;
    lingering_close off;
    $ConsentTable::Table
    $http
    server {
        listen 127.0.0.1:PORT $h2;
        server_name localhost;
        root $Dir/html;
        $it{config}
    }
}
END

    my $backend = $Listen->sockport();

    $text =~ s/\bPORT\b/$Port/g;
    $text =~ s/\bBACKEND\b/127.0.0.1:$backend/g;
    $text =~ s/\bROOT\b/$Dir/g;

    return $text;
}


sub start {
    $Pid = fork() // die "cannot fork: $!";

    if ($Pid == 0) {
        open STDOUT, '>', "$Dir/logs/output";
        open STDERR, '>&', \*STDOUT;
        close $Listen;
        exec $Nginx, '-p', $Dir, '-c', "$Dir/conf/nginx.conf" or exit 1;
    }

    my $end = time() + $Timeout;

    while (time() < $end) {

        if (waitpid($Pid, 1) == $Pid) {
            $Pid = undef;
            return 0 if logged() =~ /Address already in use/;
            die "nginx does not start:\n" . logged();
        }

        return 1 if -s "$Dir/logs/nginx.pid"
                    && IO::Socket::INET->new(PeerAddr => "127.0.0.1:$Port");

        select undef, undef, undef, 0.02;
    }

    die "nginx does not start in time:\n" . logged();
}


sub free_port {
    my $s = IO::Socket::INET->new(LocalAddr => '127.0.0.1', Listen => 1)
        or die "cannot listen: $!";

    return $s->sockport();
}


END {
    my $status = $?;

    if ($Pid) {
        kill 'TERM', $Pid;
        waitpid $Pid, 0;
    }

    $? = $status;
}


sub put {
    my ($name, $text) = @_;

    open my $f, '>', $name or die "$name: $!";
    binmode $f;
    print $f $text;
    close $f;
}


# Where a file of the site is.

sub root { return "$Dir/html/$_[0]" }


# What nginx has written to its log, or said when it started.

sub logged {
    my $text = '';

    for my $name ("$Dir/logs/error.log", "$Dir/logs/output") {
        open my $f, '<', $name or next;
        local $/;
        $text .= <$f> // '';
    }

    return $text;
}


# headers of a request

sub refused { return "Host: localhost\r\n" }

sub accepted {
    return "Host: localhost\r\nCookie: "
           . choice("performance+advertising+sharing") . "\r\n";
}


# A connection to nginx; rcvbuf: how much of an answer it takes unread.

sub client {
    my (%it) = @_;

    my $s = IO::Socket::INET->new(Proto => 'tcp') or die "no socket: $!";

    setsockopt($s, SOL_SOCKET, SO_RCVBUF, $it{rcvbuf}) if $it{rcvbuf};

    connect $s, pack_sockaddr() or die "cannot connect: $!";
    $s->autoflush(1);

    return $s;
}

sub pack_sockaddr {
    return Socket::pack_sockaddr_in($Port, Socket::inet_aton('127.0.0.1'));
}


sub ask {
    my ($s, $text) = @_;

    print $s $text;
    return $s;
}


# A whole exchange on a connection of its own.

sub get {
    my ($uri, %it) = @_;

    my $method = $it{method} // 'GET';
    my $version = $it{version} // '1.1';
    my $headers = $it{headers} // refused();

    my $s = client();
    ask($s, "$method $uri HTTP/$version\r\n${headers}Connection: close\r\n\r\n");

    return response($s, $method);
}


# The next connection that nginx makes to the backend, with its request read.

sub backend {
    my (%it) = @_;

    IO::Select->new($Listen)->can_read($Timeout)
        or die "nginx does not ask the backend\n";

    my $s = $Listen->accept();
    $s->autoflush(1);

    my $request = $it{raw} ? '' : took($s, qr/\r\n\r\n/);

    return wantarray ? ($s, $request) : $s;
}


# What the backend says; its headers have their line ends from here.

sub answer {
    my ($s, $headers, $body) = @_;

    $headers =~ s/\r?\n/\r\n/g;
    print $s "$headers\r\n", $body // '';
}


# Reads until the expression matches, and no byte further than has come; what
# was read, or what there is when nothing comes any more.

sub took {
    my ($s, $what, %it) = @_;
    my $text = '';
    my $select = IO::Select->new($s);

    while ($text !~ $what) {

        $select->can_read($Timeout) or last;
        sysread($s, $text, $it{size} // 65536, length $text) or last;
    }

    return $text;
}


# 1 if the other side closes, without another byte.

sub gone {
    my ($s) = @_;

    IO::Select->new($s)->can_read($Timeout) or return 0;
    my $n = sysread($s, my $text, 1);

    return !$n;
}


# 1 if nothing has come

sub silent { return !IO::Select->new($_[0])->can_read($_[1] // 0) }


# One response, as far as it came: complete, if it ended as it said it would.

sub response {
    my ($s, $method, %it) = @_;
    my $text = $it{text} // '';
    my $select = IO::Select->new($s);

    $method //= 'GET';

    while (1) {
        my $r = parse($text, $method);

        return $r if $r && $r->{complete};

        my $n = $select->can_read($Timeout)
                ? sysread($s, $text, 65536, length $text) : 0;

        next if $n;

        $r //= { status => 0, head => '', body => $text, complete => 0 };
        $r->{closed} = 1;

        $r->{complete} = 1
            if !defined header($r, 'Content-Length')
               && !defined header($r, 'Transfer-Encoding');

        return $r;
    }
}

sub parse {
    my ($text, $method) = @_;

    my ($head, $rest) = $text =~ /\A(.*?\r\n)\r\n(.*)\z/s or return undef;
    my ($status) = $head =~ m{\AHTTP/1\.\d (\d+)} or return undef;

    my $r = { status => $status, head => $head, body => $rest, rest => '',
              complete => 0 };

    if ($status == 100 || $status == 103) {
        my $next = parse($rest, $method) or return undef;
        $next->{before} = $head . ($next->{before} // '');
        return $next;
    }

    if ($method eq 'HEAD' || $status == 204 || $status == 304
        || $status == 101)
    {
        @$r{qw(body rest complete)} = ('', $rest, 1);
        return $r;
    }

    if (defined header($r, 'Transfer-Encoding')) {
        @$r{qw(body complete trailers rest)} = dechunk($rest);

    } elsif (defined(my $n = header($r, 'Content-Length'))) {
        $r->{body} = substr $rest, 0, $n;
        $r->{complete} = length $rest >= $n;
        $r->{rest} = substr $rest, $n if $r->{complete};
    }

    return $r;
}


# The body of chunks, whether it is whole, trailers, what comes behind.

sub dechunk {
    my ($text) = @_;
    my $body = '';

    while ($text =~ s/\A([0-9a-fA-F]+)\r\n//) {
        my $n = hex $1;

        if ($n == 0) {
            return ($body, 1, $1, $text) if $text =~ s/\A((?:[^\r\n]+\r\n)*)\r\n//;
            return ($body, 0, '', '');
        }

        $body .= substr $text, 0, $n;

        return ($body, 0, '', '') if length $text < $n + 2;

        substr $text, 0, $n + 2, '';
    }

    return ($body, 0, '', '');
}


# A header's value; several of a name are joined as lists are.

sub header {
    my ($r, $name) = @_;
    my @values = $r->{head} =~ /^\Q$name\E:[ \t]*(.*?)\r$/gmi;

    return @values ? join(', ', @values) : undef;
}


# The headers of a response that are the same each time.

sub names {
    my ($r) = @_;

    return join '', sort grep(!/\A(?:Date|Connection|Keep-Alive
                                  |Transfer-Encoding):/xi,
                              $r->{head} =~ /^(.*\n)/gm);
}


sub body { return get(@_)->{body} }


# The same by curl, which speaks HTTP/2: everything it printed.

sub curl {
    my (@args) = @_;
    my $uri = pop @args;

    open my $f, '-|', 'curl', '-s', '-i', '--max-time', $Timeout, @args,
         "http://127.0.0.1:$Port$uri" or die "no curl: $!";

    binmode $f;
    local $/;
    my $text = <$f> // '';
    close $f;

    return $text;
}

1;
